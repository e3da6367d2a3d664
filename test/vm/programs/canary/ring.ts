export class Ring<T> {
    private items: T[] = []
    private next = 0

    constructor(private capacity: number) {}

    push(item: T) {
        if (this.items.length < this.capacity) this.items.push(item)
        else this.items[this.next] = item
        this.next = (this.next + 1) % this.capacity
    }

    newest(): T {
        const at = (this.next + this.capacity - 1) % this.capacity
        return this.items[at]
    }
}
