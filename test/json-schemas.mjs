// Writes the JSON Schemas of the documents from their own types: npm run docs. With --check it writes
// nothing and ends with 1 where one is not what the types say.
import { toJsonSchema } from "@valibot/to-json-schema"
import { createJiti } from "jiti"
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { format } from "oxfmt"
import {
    AnyType,
    createFormatter,
    createParser,
    createProgram,
    DEFAULT_CONFIG,
    SchemaGenerator,
} from "ts-json-schema-generator"
import ts from "typescript"

const root = fileURLToPath(new URL("../", import.meta.url))
const folder = `${root}host/documents/schemas`
/** By name of its schema, the type of each document. */
const TYPES = {
    "sim-report": "SimReport",
    "compare-report": "CompareReport",
    "compare-recordings": "CompareRecordingsReport",
    "check-report": "CheckReport",
    "board-check": "BoardCheckReport",
    profile: "ProfileReport",
    "profile-difference": "ProfileDifferenceReport",
    diff: "DiffReport",
    lessons: "LessonsReport",
    sweep: "SweepReport",
    worst: "WorstReport",
    boards: "BoardsReport",
    fit: "FitReport",
    fix: "FixReport",
    doctor: "DoctorReport",
    flash: "FlashReport",
    site: "SiteReport",
    fleet: "FleetReport",
    layout: "LayoutReport",
    generate: "GenerateReport",
    size: "SizeReport",
}

const config = {
    ...DEFAULT_CONFIG,
    path: `${root}host/documents/{*-report,check/report,check/board-check,profile/profile-difference,scenario/worst-report,boards/*-report,layout/*-report,size/*-report,fix/*-report,fleet/*-report,site/*-report}.ts`,
    tsconfig: `${root}tsconfig.src.json`,
    skipTypeCheck: true,
    additionalProperties: true,
    jsDoc: "basic",
}

/** What is read back is described where it is read: a scenario, a snapshot, and what a difference has of it. */
class OfSnapshot {
    supportsNode(node) {
        return (
            (ts.isTypeReferenceNode(node) || ts.isIndexedAccessTypeNode(node)) &&
            /\b(Snapshot|ScenarioFile)\b/.test(node.getText())
        )
    }
    createType() {
        return new AnyType()
    }
}

const snapshot = await snapshotSchema()
const parts = snapshot.properties
const scenario = await scenarioSchema()
const program = createProgram(config)
const parser = createParser(program, config, chain => chain.addNodeParser(new OfSnapshot()))
const generator = new SchemaGenerator(program, parser, createFormatter(config), config)

let wrong = 0
await keep("snapshot", snapshot)
await keep("scenario", scenario)
for (const [name, type] of Object.entries(TYPES)) {
    const schema = generator.createSchema(type)
    if (type === "DiffReport") fillIn(schema)
    if (type === "WorstReport") fillInScenario(schema)
    await keep(name, schema)
}
await keep("error", {
    type: "object",
    description: "What every command with --json prints instead of its document when it fails.",
    properties: {
        error: {
            type: "object",
            properties: { code: { type: "string" }, message: { type: "string" } },
            required: ["code", "message"],
        },
    },
    required: ["error"],
})
process.exit(wrong)

async function keep(name, schema) {
    const file = `${folder}/${name}.schema.json`
    const { $schema: _, ...rest } = schema
    const whole = {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: name === "error" ? name : `heapscope/${name}@1`,
        ...rest,
    }
    const layout = { tabWidth: 4, printWidth: 100 }
    const { code: text } = await format(file, JSON.stringify(whole), layout)
    const before = (() => {
        try {
            return readFileSync(file, "utf8")
        } catch {
            return undefined
        }
    })()
    if (before === text) return
    if (process.argv.includes("--check")) {
        console.error(`${file} is not what the types say: run npm run docs.`)
        wrong = 1
    } else writeFileSync(file, text)
}

async function snapshotSchema() {
    const { SnapshotSchema } = await createJiti(import.meta.url).import(
        `${root}host/documents/snapshot.ts`,
    )
    return toJsonSchema(SnapshotSchema, {
        errorMode: "ignore",
        overrideSchema: ({ valibotSchema, jsonSchema }) => {
            // Both kinds of heap: which one it is, a member says.
            if (valibotSchema.type === "lazy")
                return {
                    anyOf: [{}, { reach: "debugger" }].map(heap =>
                        without(toJsonSchema(valibotSchema.getter(heap), { errorMode: "ignore" })),
                    ),
                }
            return jsonSchema
        },
    })
}

/** A scenario as far as it is data. */
async function scenarioSchema() {
    const { ScenarioSchema } = await createJiti(import.meta.url).import(
        `${root}host/documents/scenario/scenario.ts`,
    )
    return toJsonSchema(ScenarioSchema, {
        errorMode: "ignore",
        // Code is none: a member that would be code must not be there.
        overrideSchema: ({ valibotSchema, jsonSchema }) =>
            valibotSchema.type === "function" || valibotSchema.type === "custom"
                ? { not: {} }
                : jsonSchema,
    })
}

/** @param schema of a worst case: the scenario of it is put in */
function fillInScenario({ definitions }) {
    const worst = Object.values(definitions).find(({ properties }) => properties?.worst)
    const { scenario: place } = worst.properties.worst.properties
    Object.assign(place, without(scenario))
}

function without({ $schema: _, ...schema }) {
    return schema
}

/** @param schema of a difference: what it has of a snapshot is put in */
function fillIn({ definitions }) {
    const { program, board, seed, taken } = parts
    definitions.DiffSide = {
        type: "object",
        properties: { program, board, seed, taken },
        required: ["program", "board", "taken"],
    }
    definitions.GrownObject.properties.grownAt = parts.places.items
}
