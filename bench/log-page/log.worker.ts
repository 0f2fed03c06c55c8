import { openStore } from "../../src/store/open-store.ts";
import { measureLog } from "../log-tasks.ts";

const store = await openStore({ dataDir: "opfs-ahp://bench-log" });
postMessage(await measureLog(store));
