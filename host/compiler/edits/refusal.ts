/** Why an advice is not carried out: the code at this place does not show that it is safe. */
export class Refusal {
    constructor(readonly why: string) {}
}

/**
 * Ends a rule: it does not see that the edit is safe.
 * @throws Refusal
 */
export function refuse(why: string): never {
    // Nothing went wrong: there is no stack to tell.
    throw new Refusal(why)
}
