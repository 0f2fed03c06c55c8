import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProjectPath } from "../base/project-path.ts";
import { TrackedMap } from "../base/tracked-map.ts";
import type { SourceRecord } from "../model/source.ts";
import { RemoteUses } from "./remote-uses.ts";
import { showsPictures } from "./remote-wants.ts";
import { recordOf } from "./small-project.test-kit.ts";

const paths = ["a.md", "b.md", "sub/c.md"] as ProjectPath[];
const origin = {
  kind: "document",
  url: "https://a.example/b.md",
  finalUrl: "https://a.example/b.md",
  etag: null,
  lastModified: null,
  lastChecked: 0,
  expiryDays: 1,
} as const;
const texts = ["plain", "![](https://b.example/p.png)", "![](p.png) and [[b]]"];
const record = fc
  .record({ path: fc.constantFrom(...paths), text: fc.constantFrom(...texts), isRemote: fc.boolean() })
  .map(({ path, text, isRemote }): SourceRecord => {
    const local = recordOf(path, { [path]: text });
    return isRemote ? { ...local, remote: origin } : local;
  });
const change = fc.oneof(record, fc.constantFrom(...paths));

it("[E19] knows after any changes what a look at each source would find", () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 })), (rounds) => {
      const sources = new TrackedMap<ProjectPath, SourceRecord>();
      const uses = new RemoteUses(sources);
      for (const changes of rounds) {
        for (const one of changes) {
          if (typeof one === "string") sources.delete(one);
          else sources.set(one.path, one);
        }
        const all = [...sources.values()];
        const fetched = all.filter(({ remote }) => remote !== undefined);
        expect(new Set(uses.fetched())).toEqual(new Set(fetched));
        const showing = all.filter((source) => source.remote === undefined && showsPictures(source));
        expect(new Set(uses.showing())).toEqual(new Set(showing));
      }
    }),
  );
});
