import * as v from "valibot"

/** A tab's storage, as far as it is used: it may refuse. */
export type KeptTexts = Pick<Storage, "getItem" | "setItem" | "removeItem">

/** The browser's storage; undefined where the reader has forbidden it. */
export function tabStorage(): KeptTexts | undefined {
    try {
        return localStorage
    } catch {
        return undefined
    }
}

/**
 * Something that is kept in the browser's storage for this site, and goes nowhere else. What is damaged
 * there, or was put there by somebody else, is as nothing.
 */
export class KeptValue<T extends object> {
    /** @param storage undefined where nothing can be kept */
    constructor(
        private readonly storage: KeptTexts | undefined,
        private readonly key: string,
        private readonly schema: v.GenericSchema<unknown, T>,
        private readonly maxLength = Infinity,
    ) {}

    /** What is kept; undefined where nothing is. */
    read(): T | undefined {
        try {
            const kept = v.safeParse(this.schema, JSON.parse(this.storage?.getItem(this.key) ?? ""))
            return kept.success ? kept.output : undefined
        } catch {
            return undefined
        }
    }

    /** @returns whether it is kept: storage may be full, or refused */
    write(value: T): boolean {
        const text = JSON.stringify(value)
        if (!this.storage || text.length > this.maxLength) return false
        try {
            this.storage.setItem(this.key, text)
            return true
        } catch {
            return false
        }
    }

    forget(): void {
        try {
            this.storage?.removeItem(this.key)
        } catch {
            // It was kept nowhere.
        }
    }
}
