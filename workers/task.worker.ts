import { expose } from "comlink";
import { openDexieStores } from "../src/artifacts/dexie-stores.ts";
import { createTaskWorkerApi } from "../src/host/task-worker-api.ts";
import { browserFetcher } from "../src/tasks/fetch/fetcher.ts";

const { artifacts, highlighted } = openDexieStores();

expose(createTaskWorkerApi({ artifacts, highlighted, fetcher: browserFetcher() }));
