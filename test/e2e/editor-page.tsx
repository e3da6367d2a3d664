import { render } from "preact"
import type { CodeHelp } from "../../host/compiler/language/code-help"
import { EditedProject } from "../../host/playground/editor/edited-project"
import { ProjectEditor } from "../../host/playground/editor/project-editor"
import { applyTheme, type Theme } from "../../host/page/theme"

/** What the page of the editor's test has for the test to reach. */
export interface EditorPage {
    project: EditedProject
    applyTheme(theme: Theme): void
    /** What the browser's policy has stopped, and keys that came through to the page. */
    stopped: string[]
    keys: string[]
}

/** Knows one name, one call and one module: that the editor shows what it is told. */
const help: CodeHelp = {
    complete: async (file, offset) => {
        const text = project.text(file)!.slice(0, offset)
        const [word = ""] = /\w*$/.exec(text) ?? []
        return {
            from: offset - word.length,
            to: offset,
            items: [
                { label: "measure", kind: "function", rank: "1" },
                {
                    label: "Temperature",
                    kind: "class",
                    rank: "2",
                    detail: "@devicescript/core",
                    module: "@devicescript/core",
                },
            ],
        }
    },
    describe: async (_file, _offset, { label, module }) => ({
        signature: `about ${label}`,
        docs: "<b>only words</b>",
        changes: module ? [{ from: 0, to: 0, text: `import { ${label} } from "${module}"\n` }] : [],
    }),
    hover: async (_file, offset) => ({
        ...{ from: offset, to: offset, signature: "const hovered: number", docs: "" },
    }),
    signature: async (file, offset) => {
        const [, given] = /measure\(([^)]*)$/.exec(project.text(file)!.slice(0, offset)) ?? []
        return given === undefined
            ? undefined
            : {
                  before: "measure(",
                  parameters: [
                      { label: "times: number", docs: "how often" },
                      { label: "pauseMs: number", docs: "" },
                  ],
                  after: "): void",
                  docs: "",
                  active: given.split(",").length - 1,
              }
    },
}

const project = new EditedProject()
const stopped: string[] = []
const keys: string[] = []
Object.assign(globalThis, { editorPage: { project, applyTheme, stopped, keys } })
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    stopped.push(`${violatedDirective} ${blockedURI}`),
)
addEventListener("keydown", ({ key }) => keys.push(key))
applyTheme("dark")
project.help = help
project.open(
    [
        {
            name: "main.ts",
            text: 'import { says } from "./says"\n\nfunction measure(times: number) {\n    says(`${times}`)\n}\n',
        },
        {
            name: "says.ts",
            text: "export function says(text: string) {\n    console.log(text)\n}\n",
        },
        { name: "night.scenario.json", text: '{\n    "seed": 3\n}\n' },
    ],
    "main.ts",
)
render(<ProjectEditor project={project} />, document.getElementById("page")!)
