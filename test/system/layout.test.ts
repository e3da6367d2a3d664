import { execFileSync, spawnSync } from "node:child_process"
import { expect, test } from "vitest"
import type { FieldType } from "../../host/analysis/layout/field-types"
import { bytesForValues } from "../../host/analysis/layout/field-types"
import { layoutReport } from "../../host/analysis/layout/layout-report"
import { simpleBytes } from "../../host/analysis/layout/place-fields"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { readTypes } from "../../host/compiler/schema/read-types"
import type { Laid } from "../../host/documents/layout/layout-report"
import { RandomTypes } from "../host/analysis/layout/random-types"

/** The compiler of Debian's package gcc-arm-none-eabi. */
const GCC = "arm-none-eabi-gcc"
const STRUCTS = 500
const ALIGN = 64

const random = new RandomTypes(Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1))
const text = Array.from(
    { length: STRUCTS },
    (_, i) => `interface S${i} ${random.record().written}\n`,
)
const { types } = readTypes(loadCompiler().compiler.typescript, text.join(""), "random.ts")
const report = layoutReport(types, { file: "random.ts", counts: [1], boards: [], align: ALIGN })

/** A field's declaration in C; nothing for what takes no bytes. */
function declare(type: FieldType, name: string, attribute: string): string {
    switch (type.kind) {
        case "record":
            return `struct ${attribute} { ${type.fields.map(one => declare(one.type, one.name, attribute)).join(" ")} } ${name};`
        case "array":
            return declare(type.of, `${name}[${type.length}]`, attribute)
        case "optional":
            return `struct ${attribute} { uint8_t has; ${declare(type.of, "value", attribute)} } ${name};`
        case "union": {
            const tag = bytesForValues(type.variants.length)
            const variants = type.variants.map(({ label, record }) =>
                declare(record, String(label), attribute),
            )
            return `struct ${attribute} { ${tag > 0 ? `uint${8 * tag}_t ${type.tag};` : ""} union ${attribute} { ${variants.join(" ")} } u; } ${name};`
        }
        case "float":
            return `${type.bytes === 4 ? "float" : "double"} ${name};`
        case "text":
            return `char ${name}[${type.bytes}];`
        case "string":
            return `const char *${name};`
        default: {
            const bytes = simpleBytes(type)
            if (bytes === 0) return ""
            if (bytes === 3) return `uint8_t ${name}[3];`
            const isSigned = type.kind === "integer" && type.signed
            return `${isSigned ? "int" : "uint"}${8 * bytes}_t ${name};`
        }
    }
}

/** A part's name as C has it: variants are in a union, what may be missing stands behind a byte. */
function inC(name: string, all: readonly string[]): string {
    const optional = all.filter(one => one.endsWith("?")).map(one => one.slice(0, -1))
    let prefix = ""
    let c = ""
    for (const part of name.match(/[^.(]+|\(|\./g) ?? []) {
        prefix += part
        if (part === "(") c += ".u."
        else if (part.endsWith(")")) c += part.slice(0, -1)
        else if (part.endsWith("?")) c += `${part.slice(0, -1)}.has`
        else c += part + (optional.includes(prefix) ? ".value" : "")
    }
    return c
}

function asserts(struct: string, { bytes, alignment, fields }: Laid): string[] {
    const names = fields.map(({ name }) => name)
    return [
        `_Static_assert(sizeof(struct ${struct}) == ${bytes}, "${struct}");`,
        `_Static_assert(_Alignof(struct ${struct}) == ${alignment}, "${struct}");`,
        ...fields.map(({ name, at, bytes: own }) => {
            const member = inC(name, names)
            return (
                `_Static_assert(offsetof(struct ${struct}, ${member}) == ${at}, "${struct}.${member}");` +
                `_Static_assert(sizeof(((struct ${struct} *)0)->${member}) == ${own}, "${struct}.${member}");`
            )
        }),
    ]
}

/** What the compiler says of a program; nothing when it is right. */
function complaints(lines: readonly string[]): string {
    const source = ["#include <stddef.h>", "#include <stdint.h>", ...lines].join("\n")
    return spawnSync(GCC, ["-std=c11", "-fsyntax-only", "-xc", "-"], {
        input: source,
        encoding: "utf8",
    }).stderr
}

const LAYOUTS = [
    ["declared", "", (i: number) => report.types[i]!.declared],
    ["packed", "__attribute__((packed))", (i: number) => report.types[i]!.packed],
] as const

test("it is the compiler for the boards' chips", () => {
    expect(execFileSync(GCC, ["-dumpmachine"], { encoding: "utf8" }).trim()).toBe("arm-none-eabi")
})

test.each(LAYOUTS)(
    "sizes and offsets of 500 structs are a C compiler's: %s",
    (_, attribute, of) => {
        const lines = types.flatMap((type, i) => {
            const declaration = declare(type, "", attribute)
            const named = `struct ${attribute} S${i}${declaration.slice(declaration.indexOf(" {")).replace(/ ;$/, ";")}`
            return [named, ...asserts(`S${i}`, of(i))]
        })
        const checks = lines.join("\n").split("_Static_assert").length - 1
        expect(checks).toBeGreaterThan(5000)
        expect(complaints(lines)).toBe("")
        // It would say so.
        const wrong = lines.join("\n").replace(/(sizeof\(struct S7\) ==) (\d+)/, "$1 1$2")
        expect(complaints([wrong])).toMatch(/static assertion failed: "S7"/)
    },
)

test("aligned to 64 bytes, structs are as large as a C compiler's", () => {
    const lines = types.flatMap((type, i) => {
        const declaration = declare(type, "", "")
        const fields = declaration.slice(declaration.indexOf("{")).replace(/ ;$/, "")
        const { bytes } = report.types[i]!.aligned!
        return [
            `struct __attribute__((aligned(${ALIGN}))) S${i} ${fields};`,
            `_Static_assert(sizeof(struct S${i}) == ${bytes}, "S${i}");`,
        ]
    })
    expect(complaints(lines)).toBe("")
})
