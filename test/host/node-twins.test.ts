import { readdirSync, readFileSync } from "node:fs"
import { build } from "esbuild"
import { beforeAll, expect, test } from "vitest"
import { NODE_TWINS } from "../../host/node-twins.mjs"
import { fromRoot } from "../vm/harness"

const sources = readdirSync(fromRoot("src"))
const twins = readdirSync(fromRoot("src/node")).filter(file => sources.includes(file))

let inputs: string[]
beforeAll(async () => {
    const { metafile } = await build({
        entryPoints: [fromRoot("src/index.ts")],
        absWorkingDir: fromRoot("."),
        bundle: true,
        write: false,
        metafile: true,
        format: "esm",
        plugins: [NODE_TWINS],
    })
    inputs = Object.keys(metafile.inputs)
})

test("a bundle for Node takes all twins, and of the others what is there for both", () => {
    expect(twins).toContain("interner.ts")
    for (const twin of twins) expect(inputs).toContain(`src/node/${twin}`)
    for (const source of ["index.ts", "check.ts", "bit-set.ts"])
        expect(inputs).toContain(`src/${source}`)
    expect(inputs).not.toContain("src/string-builder.ts")
})

test.each(twins)(
    "%s exports what the file exports that it stands for, and each class has all",
    async twin => {
        const [board, node] = (await Promise.all([
            import(fromRoot("src", twin)),
            import(fromRoot("src/node", twin)),
        ])) as [Record<string, unknown>, Record<string, unknown>]
        expect(Object.keys(node).sort()).toEqual(Object.keys(board).sort())
        const source = readFileSync(fromRoot("src", twin), "utf8")
        const isPublic = (name: string) =>
            !new RegExp(`(private|protected) (readonly )?${name}\\b`).test(source)
        for (const [name, value] of Object.entries(board)) {
            if (!/^[A-Z][a-z]/.test(name)) continue
            const inNode = namesOf(node[name] as Class)
            for (const each of namesOf(value as Class).filter(isPublic))
                expect(inNode, name).toContain(each)
        }
    },
)

type Class = new (...sizes: number[]) => object

/** What may be called or read of an object of a class. */
function namesOf(Structure: Class): string[] {
    const names: string[] = []
    let it: object = new Structure(4, 2, 1)
    for (; it !== Object.prototype; it = Object.getPrototypeOf(it) as object)
        names.push(...Object.getOwnPropertyNames(it))
    return names
}
