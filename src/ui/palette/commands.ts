import { asResourceId } from "../../model/ids.ts";
import { derivedKinds } from "../../model/resource.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import type { Session } from "../../session/contract.ts";
import type { IconName } from "../icons/icon.tsx";
import { tabWords } from "../shell/tab-bar.tsx";
import { chooseTheme, type ThemeChoice } from "../theme/theme.ts";
import { tabNames, type Reach, type WorkbenchAction } from "../workbench.ts";

/** One thing the palette can do. */
export type PaletteEntry = {
  readonly key: string;
  readonly words: string;
  readonly icon: IconName;
  readonly run: () => void;
};

type CommandContext = {
  readonly session: Session;
  readonly running: boolean;
  /** Whether a task failed. */
  readonly canRetry: boolean;
  /** The node that is selected. */
  readonly selected: NodeRow | undefined;
  readonly act: (action: WorkbenchAction) => void;
};

/** The commands that make sense now. */
export function paletteCommands(context: CommandContext): readonly PaletteEntry[] {
  return [
    ...buildCommands(context),
    ...nodeCommands(context),
    ...tabCommands(context),
    ...graphCommands(context),
    ...projectCommands(context),
    ...appCommands(context),
    ...themeCommands(),
  ];
}

function buildCommands({ session, running, canRetry, act }: CommandContext): readonly PaletteEntry[] {
  if (running) {
    return [{ key: "cancel", words: "Cancel the build", icon: "stop", run: () => void session.cancel() }];
  }
  const retry: PaletteEntry = {
    key: "retry",
    words: "Retry what failed",
    icon: "reload",
    run: () => void session.build({ failed: "only" }),
  };
  return [
    { key: "build", words: "Build what changed", icon: "build", run: () => void session.build() },
    {
      key: "plan",
      words: "Dry run: what a build would do",
      icon: "plan",
      run: () => act({ type: "overlay", overlay: "plan" }),
    },
    {
      key: "rebuild",
      words: "Rebuild all",
      icon: "rebuild",
      run: () => void session.build({ force: true }),
    },
    ...(canRetry ? [retry] : []),
  ];
}

/** What can be done with the node that is selected. */
function nodeCommands({ session, running, selected, act }: CommandContext): readonly PaletteEntry[] {
  if (selected === undefined) return [];
  const { label } = selected;
  const root = asResourceId(selected.key);
  const reach = (what: Reach["what"]) => act({ type: "reach", reach: { of: root, what } });
  const canBuild = !running && derivedKinds.some((kind) => kind === selected.kind);
  const build: readonly PaletteEntry[] = [
    {
      key: "build-node",
      words: `Rebuild what ${label} needs`,
      icon: "rebuild",
      run: () => void session.build({ root }),
    },
    {
      key: "force-node",
      words: `Force ${label} and all it needs`,
      icon: "rebuild",
      run: () => void session.build({ root, force: true }),
    },
  ];
  return [
    ...(canBuild ? build : []),
    {
      key: "touches",
      words: `Show what a change of ${label} touches`,
      icon: "path",
      run: () => reach("touches"),
    },
    { key: "why", words: `Show why ${label} was built`, icon: "path", run: () => reach("why") },
  ];
}

function tabCommands({ act }: CommandContext): readonly PaletteEntry[] {
  return tabNames.map((tab) => ({
    key: `go-${tab}`,
    words: `Go to ${tabWords[tab]}`,
    icon: "forward",
    run: () => act({ type: "go", tab }),
  }));
}

function graphCommands({ act }: CommandContext): readonly PaletteEntry[] {
  return [
    {
      key: "path",
      words: "Path between two documents",
      icon: "path",
      run: () => act({ type: "overlay", overlay: "path" }),
    },
  ];
}

function projectCommands({ session, act }: CommandContext): readonly PaletteEntry[] {
  const openFolder: PaletteEntry = {
    key: "open-folder",
    words: "Open another folder",
    icon: "folder",
    run: () => void session.openFolder(),
  };
  return [
    {
      key: "history",
      words: "Show history",
      icon: "history",
      run: () => act({ type: "history", query: { documentId: null, search: "" } }),
    },
    // Without a picker for folders the way leads over the start screen, which has a directory input.
    ...(session.hasFolderPicker ? [openFolder] : []),
    {
      key: "export-folder",
      words: "Export to a folder",
      icon: "export",
      run: () => void session.exportToFolder(),
    },
    { key: "export-zip", words: "Export as a ZIP file", icon: "zip", run: () => void session.exportAsZip() },
    {
      key: "export-project",
      words: "Export project…",
      icon: "export",
      run: () => act({ type: "overlay", overlay: "export-project" }),
    },
    {
      key: "merge-project",
      words: "Merge a project file…",
      icon: "import",
      run: () => void session.mergeProject(),
    },
    {
      key: "import-project",
      words: "Import a project…",
      icon: "import",
      run: () => void session.importProject(),
    },
    { key: "close", words: "Close the project", icon: "close", run: () => void session.closeProject() },
  ];
}

function appCommands({ act }: CommandContext): readonly PaletteEntry[] {
  return [
    {
      key: "storage",
      words: "Storage: room used, cleaning up…",
      icon: "zip",
      run: () => act({ type: "overlay", overlay: "storage" }),
    },
    {
      key: "developer",
      words: "Developer panel: how the views are kept true",
      icon: "plan",
      run: () => act({ type: "developer" }),
    },
    {
      key: "keys",
      words: "Keyboard help",
      icon: "help",
      run: () => act({ type: "overlay", overlay: "keys" }),
    },
  ];
}

const themes: readonly (readonly [ThemeChoice, IconName])[] = [
  ["system", "system"],
  ["light", "sun"],
  ["dark", "moon"],
];

function themeCommands(): readonly PaletteEntry[] {
  return themes.map(([choice, icon]) => ({
    key: `theme-${choice}`,
    words: `Theme: ${choice === "system" ? "as the system has it" : choice}`,
    icon,
    run: () => chooseTheme(choice),
  }));
}
