import { SeededRandom } from "../../../../host/base/seeded-random"

/** A type as it is written, and a value of it as a program for the board makes it. */
export interface RandomField {
    written: string
    /** An expression without side effects. Texts are made at run time and as long as they may be. */
    value: string
}

/** Declarations of records at random, the same for a seed. */
export class RandomTypes {
    private readonly random: SeededRandom

    constructor(seed: number) {
        this.random = new SeededRandom(seed)
    }

    /** A record's type between braces. */
    record(depth = 2): RandomField {
        const fields = Array.from({ length: 1 + this.below(7) }, () => this.field(depth))
        const names = fields.map((_, i) => `f${i}`)
        const optional = fields.map(() => this.below(8) === 0)
        return {
            written: `{ ${names.map((name, i) => `${name}${optional[i] ? "?" : ""}: ${fields[i]!.written}`).join("; ")} }`,
            value: `{ ${names.map((name, i) => `${name}: ${fields[i]!.value}`).join(", ")} }`,
        }
    }

    private field(depth: number): RandomField {
        switch (this.below(depth > 0 ? 16 : 12)) {
            case 0:
                return { written: "bool", value: "true" }
            case 1:
                return { written: `bits<${1 + this.below(32)}>`, value: "1" }
            case 2: {
                const bytes = 1 + this.below(60)
                return { written: `text<${bytes}>`, value: `made(${bytes})` }
            }
            case 3: {
                const values = Array.from({ length: 1 + this.below(5) }, (_, i) => `"v${i}"`)
                return { written: values.join(" | "), value: values[0]! }
            }
            case 4:
                return this.array({ written: "u16", value: "7" })
            case 5:
                return { written: "number", value: "0.5" }
            case 12:
            case 13:
                return this.record(depth - 1)
            case 14:
                return this.union(depth - 1)
            case 15:
                return this.array(this.record(depth - 1))
            default:
                return { written: this.oneOf(NUMBERS), value: "3" }
        }
    }

    private array({ written, value }: RandomField): RandomField {
        const length = 1 + this.below(5)
        const values = Array.from({ length }, () => value)
        return { written: `array<${written}, ${length}>`, value: `[${values.join(", ")}]` }
    }

    /** The value is of the variant that takes the most, which is the one with most fields here. */
    private union(depth: number): RandomField {
        const fields = Array.from({ length: 1 + this.below(4) }, () => this.field(depth))
        const variants = Array.from({ length: 1 + this.below(3) }, (_, i) => {
            const own = fields.slice(0, fields.length - i)
            return own.map((one, j) => `g${j}: ${one.written}`).join("; ")
        })
        const values = fields.map((one, j) => `g${j}: ${one.value}`)
        return {
            written: [...variants, ""].map((own, i) => `{ kind: "k${i}"; ${own} }`).join(" | "),
            value: `{ kind: "k0", ${values.join(", ")} }`,
        }
    }

    private oneOf<T>(all: readonly T[]): T {
        return all[this.below(all.length)]!
    }

    private below(count: number): number {
        return Math.floor(this.random.fraction() * count)
    }
}

const NUMBERS = ["u8", "u16", "u24", "u32", "i8", "i16", "i24", "i32", "f32", "f64"] as const
