import type { WorldSetting } from "../../documents/world-report"
import type { Settings } from "../../model/program/program"
import type { GivenSettings } from "../door"

/** Settings that nobody gave the program, with values that could be theirs. */
export class MadeUpSettings implements GivenSettings {
    private readonly read = new Set<string>()

    constructor(readonly all: Settings) {}

    asked(name: string): void {
        if (this.all.has(name)) this.read.add(name)
    }

    /** Those that the program read, in that order. */
    report(): WorldSetting[] {
        const decoder = new TextDecoder()
        return [...this.read].map(name => ({ name, value: decoder.decode(this.all.get(name)) }))
    }
}
