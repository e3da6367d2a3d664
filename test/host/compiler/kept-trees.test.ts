import { posix } from "node:path"
import { expect, test } from "vitest"
import { compileProject } from "../../../host/compiler/compile-project"
import { KeptTrees } from "../../../host/compiler/kept-trees"
import { loadCompiler } from "../../../host/compiler/node/load-compiler"
import type { ProjectFiles } from "../../../host/compiler/project-files"

/** A project in memory. */
class Project implements ProjectFiles {
    constructor(private readonly texts: Readonly<Record<string, string>>) {}
    resolve(name: string): string {
        return posix.resolve("/project", name)
    }
    relative(path: string): string {
        return posix.relative("/project", this.resolve(path))
    }
    read(name: string): string | undefined {
        return this.texts[this.relative(name)]
    }
    list(): string[] {
        return []
    }
}

const USES_PART = 'import { size } from "./part"\nconst next: number = size\nconsole.log(next)\n'
const SCRIPT = "let everybody = 1\nconsole.log(everybody)\n"

/** Programs one after the other, as somebody edits them; `main.ts` is compiled. */
const EDITS: Record<string, Record<string, string>> = {
    "a module": { "main.ts": USES_PART, "part.ts": "export const size = 1\n" },
    "what it imports became wrong for it": {
        "main.ts": USES_PART,
        "part.ts": 'export const size = "one"\n',
    },
    "and right again, in another way": {
        "main.ts": USES_PART,
        "part.ts": 'export { size } from "./deep"\n',
        "deep.ts": "export const size = 2\n",
    },
    "a change two imports away": {
        "main.ts": USES_PART,
        "part.ts": 'export { size } from "./deep"\n',
        "deep.ts": "export function size() { return 3 }\n",
    },
    "a script": { "main.ts": SCRIPT },
    "a script that is no longer alone": {
        "main.ts": 'import "./script"\neverybody = 2\n',
        "script.ts": SCRIPT,
    },
    "a script beside modules, which only run it": {
        "main.ts":
            'import "./part"\nimport "./script"\nconst everybody = "me"\nconsole.log(everybody)\n',
        "part.ts": 'import "./script"\nexport const size = 1\nconsole.log(size)\n',
        "script.ts": `${SCRIPT}function one() {\n    everybody++\n}\none()\n`,
    },
    "a script that was changed": {
        "main.ts":
            'import "./part"\nimport "./script"\nconst everybody = "me"\nconsole.log(everybody)\n',
        "part.ts": 'import "./script"\nexport const size = 1\nconsole.log(size)\n',
        "script.ts": 'const everybody = ["all"]\nconsole.log(everybody.length)\n',
    },
    "two scripts with the same name": {
        "main.ts": 'import "./script"\nimport "./other"\nexport const size = 1\n',
        "script.ts": SCRIPT,
        "other.ts": SCRIPT,
    },
    "a script that is taken for a module": {
        "main.ts":
            'import "./script"\nimport * as script from "./script"\nconsole.log(script !== undefined)\n',
        "script.ts": SCRIPT,
    },
    "a name of the script before, which is gone": {
        "main.ts": 'import { delay } from "@devicescript/core"\nconsole.log(everybody, delay)\n',
    },
    "a script that takes a library's name": {
        "main.ts": "const Buffer = 1\nconsole.log(Buffer)\n",
    },
    "a script that awaits": { "main.ts": "await 1\n" },
}

/** Those of them that are wrong. */
const WRONG = [
    "what it imports became wrong for it",
    "a change two imports away",
    "two scripts with the same name",
    "a script that is taken for a module",
    "a name of the script before, which is gone",
    "a script that takes a library's name",
    "a script that awaits",
]

/** Each program is parsed and checked on its own, as it is. */
class NoTrees extends KeptTrees {
    override create(...given: Parameters<KeptTrees["create"]>) {
        const program = this.createExactly(...given)
        const check = program.getSemanticDiagnostics.bind(program)
        // The libraries, which are right, are not checked for errors again.
        program.getSemanticDiagnostics = () =>
            program.getSourceFiles().flatMap(file => (given[2](file.fileName) ? [] : check(file)))
        return program
    }
}

test("what was compiled before changes nothing", { timeout: 180_000 }, async () => {
    const { compiler } = loadCompiler()
    const compile = (trees: KeptTrees, texts: Record<string, string>) =>
        compileProject(compiler, trees, new Project(texts), "main.ts", () => Promise.reject())
    const kept = new KeptTrees()
    const found = new Map<string, boolean>()
    for (const [what, texts] of Object.entries(EDITS)) {
        const result = await compile(kept, texts)
        found.set(what, result.success)
        // What has something to say is compiled alone anyway.
        if (result.success) expect(result, what).toEqual(await compile(new NoTrees(), texts))
    }
    expect([...found].filter(([, isRight]) => !isRight).map(([what]) => what)).toEqual(WRONG)
})
