import { dirname, resolve } from "node:path";
import ts from "typescript";

/** An expression of an example and what its comment says it gives. */
export type Claim = { readonly code: string; readonly actual: unknown; readonly expected: unknown };

/**
 * Runs the blocks marked `ts` of a Markdown file as one program, with imports relative to the file, and gives what
 * each statement that ends in a comment claims: `expression; // value`. Values are written as TypeScript, but typed
 * arrays as Node shows them (`Int32Array [0, 1]`).
 */
export async function runExamples(path: string, markdown: string): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  const source = [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code).join("\n");
  const program = ts.transpileModule(rewrite(source), {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  }).outputText;
  const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ resolve(dirname(path), file));
  const claim = (code: string, actual: unknown, expected: unknown) => claims.push({ code, actual, expected });
  // oxlint-disable-next-line no-new-func, no-implied-eval -- the examples of our own READMEs.
  const run = new Function("load", "claim", `return (async () => {${program}})();`);
  await run(load, claim);
  return claims;
}

/** The program with imports that can stand in a function, and a call of `claim` for each commented expression. */
function rewrite(source: string): string {
  const file = ts.createSourceFile("example.ts", source, ts.ScriptTarget.ESNext, true);
  return file.statements
    .map((statement) => {
      if (ts.isImportDeclaration(statement)) return rewriteImport(statement);
      const text = statement.getText();
      const comment = commentBehind(source, statement.end);
      if (!ts.isExpressionStatement(statement) || comment === undefined) return text;
      const code = statement.expression.getText();
      return `claim(${JSON.stringify(code)}, ${code}, ${valueOf(comment)});`;
    })
    .join("\n");
}

function rewriteImport(statement: ts.ImportDeclaration): string {
  if (statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return "";
  const names = statement.importClause?.namedBindings?.getText() ?? "{}";
  return `const ${names} = await load(${statement.moduleSpecifier.getText()});`;
}

function commentBehind(source: string, end: number): string | undefined {
  const [range] = ts.getTrailingCommentRanges(source, end) ?? [];
  return range === undefined ? undefined : source.slice(range.pos + 2, range.end).trim();
}

function valueOf(comment: string): string {
  return comment.replace(/^([A-Z]\w*Array) (\[.*\])$/, "$1.from($2)");
}
