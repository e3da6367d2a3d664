import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { compileFunction } from "node:vm"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { packageRoot } from "../../../../../host/base/node/package-root"
import { evaluateJacdac } from "../../../../../host/simulator/node/load-world-libraries"
import {
    SharedJacdac,
    SharedJacdacs,
    type EvaluateJacdac,
    type Jacdac,
} from "../../../../../host/simulator/world/libraries/shared-jacdac"
import { WorldScheduler } from "../../../../../host/simulator/world/libraries/world-scheduler"
import { OBLIGING_WIFI, Wifi } from "../../../../../host/simulator/world/network/wifi"
import { ServiceDevices } from "../../../../../host/simulator/world/services/devices"
import type { WorldTime } from "../../../../../host/simulator/world/world-time"
import { packetFrame } from "../../../../../host/wire/jacdac-packet"

const file = `${packageRoot()}/dist/world/jacdac.cjs`
const GHOSTS = { name: "GhostMeter", serviceClass: 0x1f1dc7d6, reading: 0x102 }
const SPIRITS = { name: "SpiritMeter", serviceClass: 0x1f1dc7d7, reading: 0x2 }
const SECONDS = 5
const variables = readVariables()

/** Time that a test lets pass. */
class Passing implements WorldTime {
    nowUs = 0
    private alarms: { atUs: number; action: () => void }[] = []

    after(ms: number, action: () => void): () => void {
        const alarm = { atUs: this.nowUs + ms * 1000, action }
        this.alarms.push(alarm)
        return () => void (this.alarms = this.alarms.filter(other => other !== alarm))
    }

    pass(ms: number): void {
        const endUs = this.nowUs + ms * 1000
        for (;;) {
            const due = this.alarms.filter(({ atUs }) => atUs <= endUs)
            const next = due.reduce<(typeof due)[0] | undefined>(
                (first, alarm) => (first && first.atUs <= alarm.atUs ? first : alarm),
                undefined,
            )
            if (!next) break
            this.alarms = this.alarms.filter(alarm => alarm !== next)
            this.nowUs = next.atUs
            next.action()
        }
        this.nowUs = endUs
    }
}

/** A device for each service there is, whom somebody asks for everything; tells all that they send. */
class Everybody {
    readonly told: string[] = []
    private readonly time = new Passing()
    private readonly devices: ServiceDevices
    private readonly ids: bigint[]

    constructor(library: SharedJacdac, seed: number, own: readonly (typeof GHOSTS)[] = []) {
        const wifi = new Wifi(seed, OBLIGING_WIFI)
        const around = { wifi, topics: ["somewhere"], services: own }
        this.devices = new ServiceDevices(this.time, seed, around, library, frame =>
            this.told.push(`${this.time.nowUs} ${Buffer.from(frame).toString("hex")}`),
        )
        this.ids = [
            ...classesOf(library.jacdac),
            ...own.map(service => service.serviceClass),
        ].flatMap(serviceClass => this.devices.add(serviceClass, `role ${serviceClass}`)?.id ?? [])
    }

    live(seconds: number): void {
        for (let second = 0; second < seconds; second++) {
            for (const id of this.ids) {
                for (const register of [0x01, 0x02, 0x101, 0x103, 0x104, 0x180 + second])
                    this.ask(id, 0x1000 | register, new Uint8Array())
                this.ask(id, 0x2003, Uint8Array.of(20))
                this.ask(id, 0x2001, Uint8Array.of(second & 1))
            }
            this.time.pass(1000)
        }
    }

    private ask(id: bigint, command: number, data: Uint8Array): void {
        const frame = packetFrame(id, 1, { service: 1, command, data })
        this.devices.receive(frame)
    }
}

function classesOf(jacdac: Jacdac): number[] {
    const text = readFileSync(file, "latin1")
    const all = [...text.matchAll(/classIdentifier:(\d+)/g)].map(([, number]) => Number(number))
    return [...new Set(all)].filter(number =>
        jacdac.serviceSpecificationFromClassIdentifier(number),
    )
}

function lifeOf(library: SharedJacdac, seed: number): string[] {
    const everybody = new Everybody(library, seed)
    everybody.live(SECONDS)
    return everybody.told
}

describe("a library that worlds share", () => {
    const alone = lifeOf(new SharedJacdac(evaluateJacdac), 7)

    it("has devices do the same after other worlds as in the first, and beside another", () => {
        expect(alone.length).toBeGreaterThan(1_000)
        const shared = new SharedJacdac(evaluateJacdac)
        const other = lifeOf(shared, 1)
        expect(other).not.toEqual(alone)
        expect(lifeOf(shared, 7)).toEqual(alone)
        const [one, two] = [new Everybody(shared, 7), new Everybody(shared, 1)]
        for (let second = 0; second < SECONDS; second++) for (const each of [one, two]) each.live(1)
        expect(one.told.length).toBeGreaterThan(1_000)
        const again = new Everybody(new SharedJacdac(evaluateJacdac), 7)
        for (let second = 0; second < SECONDS; second++) again.live(1)
        expect(one.told).toEqual(again.told)
    })

    it("changes nothing that it has made of its own", () => {
        const frozen = new SharedJacdac(frozenJacdac())
        expect(lifeOf(frozen, 7)).toEqual(alone)
    })

    it("sets no variable of its own but those that are looked at", () => {
        expect(variables.reassigned.sort()).toEqual(
            [
                // Numbers that nothing of the library reads.
                ...["_Packet", "nextNodeId"],
                // Made when they are first asked for, and the same each time.
                ...["_providerDefinitions", "_serviceSpecificationMap"],
                // By `loadServiceSpecifications`, before any world has the library.
                "_serviceSpecifications",
                // Of a browser, which is not there.
                "self",
            ].sort(),
        )
        const text = readFileSync(file, "latin1")
        expect(text.match(/_nextKey|nextNodeId/g)).toHaveLength(4)
        expect(text).not.toMatch(/\.nodeId\b(?!=)/)
        expect(text).not.toMatch(/\b(?:pkt|packet)\d*\.key\b/)
    })

    it("says so when it is called outside of any world", () => {
        const library = new SharedJacdac(evaluateJacdac)
        const scheduler = new WorldScheduler(new Passing(), 1, library)
        const sends = { isAway: () => false, send: () => undefined }
        const makeBus = () => library.makeBus(scheduler, sends)
        expect(makeBus).toThrow("outside of any world")
        expect(scheduler.run(makeBus).selfDeviceId).toMatch(/^[0-9a-f]{16}$/)
        expect(() => scheduler.run(() => JSON.parse("{") as unknown)).toThrow(SyntaxError)
        expect(makeBus).toThrow("outside of any world")
    })
})

describe("catalogues", () => {
    it("have the services of the program, and of no other", () => {
        const libraries = new SharedJacdacs(evaluateJacdac)
        const common = libraries.for([])
        const both = libraries.for([GHOSTS, SPIRITS])
        const knows = ({ jacdac }: SharedJacdac, { serviceClass }: typeof GHOSTS) =>
            jacdac.serviceSpecificationFromClassIdentifier(serviceClass) !== undefined
        expect([common, both].map(each => [GHOSTS, SPIRITS].map(own => knows(each, own)))).toEqual([
            [false, false],
            [true, true],
        ])
        expect(libraries.for([{ ...GHOSTS, serviceClass: both.jacdac.SRV_SOIL_MOISTURE }])).toBe(
            common,
        )
        expect(libraries.for([GHOSTS, SPIRITS])).toBe(both)
        for (let type = 0; type < 6; type++)
            libraries.for([{ ...GHOSTS, serviceClass: 0x1f000000 + type }])
        expect(libraries.for([GHOSTS, SPIRITS])).not.toBe(both)
        expect(libraries.for([])).toBe(common)
        const own = [GHOSTS, SPIRITS]
        const first = new Everybody(both, 3, own)
        const second = new Everybody(libraries.for(own), 3, own)
        for (const each of [first, second]) each.live(3)
        expect(second.told).toEqual(first.told)
    })
})

/** The variables of the library as it is bundled, and those that something in a function of it sets or changes. */
function readVariables() {
    const text = readFileSync(file, "latin1")
    const source = ts.createSourceFile("j.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
    const program = ts.createProgram(
        ["j.js"],
        { allowJs: true, noLib: true, noResolve: true },
        {
            ...ts.createCompilerHost({}),
            getSourceFile: name => (name === "j.js" ? source : undefined),
            fileExists: name => name === "j.js",
        },
    )
    const checker = program.getTypeChecker()
    const assigned = source.statements[0] as ts.ExpressionStatement
    const { body } = (assigned.expression as ts.BinaryExpression).right as ts.ArrowFunction
    const all = new Set<string>()
    const nameAll = (name: ts.BindingName) => {
        if (ts.isIdentifier(name)) all.add(name.text)
        else for (const part of name.elements) if (!ts.isOmittedExpression(part)) nameAll(part.name)
    }
    for (const statement of (body as ts.Block).statements)
        if (ts.isVariableStatement(statement))
            for (const { name } of statement.declarationList.declarations) nameAll(name)
        else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
            all.add(statement.name!.text)
    const isWithinFunction = (node: ts.Node): boolean =>
        node.parent !== body && (ts.isFunctionLike(node.parent) || isWithinFunction(node.parent))
    const isItsOwn = (name: ts.Identifier) =>
        checker
            .getSymbolAtLocation(name)
            ?.declarations?.some(declared => all.has(name.text) && !isWithinFunction(declared)) ??
        false
    const reassigned = new Set<string>()
    const visit = (node: ts.Node) => {
        let target = targetOf(node)
        if (target && isWithinFunction(node)) {
            while (
                ts.isPropertyAccessExpression(target) ||
                ts.isElementAccessExpression(target) ||
                ts.isParenthesizedExpression(target)
            )
                target = target.expression
            if (ts.isIdentifier(target) && isItsOwn(target)) reassigned.add(target.text)
        }
        ts.forEachChild(node, visit)
    }
    visit(body)
    return { all, reassigned: [...reassigned] }
}

function targetOf(node: ts.Node): ts.Expression | undefined {
    if (ts.isBinaryExpression(node)) {
        const { kind } = node.operatorToken
        const sets = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
        return sets ? node.left : undefined
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
        return node.operator === ts.SyntaxKind.PlusPlusToken ||
            node.operator === ts.SyntaxKind.MinusMinusToken
            ? node.operand
            : undefined
    return ts.isDeleteExpression(node) ? node.expression : undefined
}

type Evaluate = (module: object, require: NodeJS.Require, freeze: (all: unknown[]) => void) => void

/** The library, whose every object cannot be changed: in its strict code, who tries fails. */
function frozenJacdac(): EvaluateJacdac {
    const names = [...variables.all].filter(name => !["_Packet", "Packet", "module"].includes(name))
    const text = readFileSync(file, "latin1")
    const code = text.replace(
        /return module\.exports\s*\}\s*$/,
        `__freeze([${names.join(",")}]); return module.exports }`,
    )
    expect(code).not.toBe(text)
    const module = { exports: {} as unknown }
    const evaluate = compileFunction(code, ["module", "require", "__freeze"]) as Evaluate
    evaluate(module, createRequire(file), deepFreeze)
    return module.exports as EvaluateJacdac
}

function deepFreeze(all: unknown[]): void {
    const seen = new Set<unknown>([Function.prototype, Object.prototype, Array.prototype])
    const open: unknown[] = all
    for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
        if ((typeof next !== "object" && typeof next !== "function") || next === null) continue
        if (seen.has(next) || ArrayBuffer.isView(next)) continue
        seen.add(next)
        for (const [key, { value, get }] of Object.entries(
            Object.getOwnPropertyDescriptors(next),
        )) {
            open.push(value, get)
            if (typeof value === "function" && isPrototype(next)) letCover(next, key, value)
        }
        Object.freeze(next)
    }
}

function isPrototype(object: object): boolean {
    const { constructor } = object
    return Object.hasOwn(object, "constructor") && constructor.prototype === object
}

/** An object may have what covers a method of its frozen prototype: in the language it may not. */
function letCover(prototype: object, key: string, value: unknown): void {
    Object.defineProperty(prototype, key, {
        get: () => value,
        set(this: object, own: unknown) {
            if (this === prototype) throw new TypeError(`${key} of a prototype is set`)
            const free = { writable: true, enumerable: true, configurable: true }
            Object.defineProperty(this, key, { value: own, ...free })
        },
    })
}
