export class Note {
    constructor(
        public from: string,
        public value: number,
    ) {}
}

export function describe(note: Note, mean: number): string {
    const text = `${note.from} has ${note.value}`
    return `${text}, ${mean} on the average`
}
