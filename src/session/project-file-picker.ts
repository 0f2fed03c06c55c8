/** Lets the person choose a project file; `undefined` when they choose none. Call from a click. */
export function pickProjectFile(): Promise<File | undefined> {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".zip" });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files?.[0]));
    input.addEventListener("cancel", () => resolve(undefined));
    input.click();
  });
}
