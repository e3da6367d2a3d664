import { bitField, withBitField, withBitFieldUnchecked } from "../../../src/bit-fields"
import {
    isOrderPaid,
    isOrderTakeout,
    isOrderUrgent,
    ORDER_PAID,
    ORDER_TAKEOUT,
    ORDER_URGENT,
    orderId,
    orderPriority,
    orderTable,
    packOrder,
    withOrderFlags,
    withOrderId,
    withOrderPriority,
    withOrderTable,
} from "../../../src/compact-order-flags"
import {
    countFlags,
    flags16,
    flags32,
    flags8,
    hasAnyFlag,
    hasFlag,
    setFlag,
    toggleFlag,
    withFlag,
    withoutFlag,
} from "../../../src/flags"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}

let flags = flags32(0)
for (let i = 0; i < 40; i++) {
    const flag = 2 ** random(32)
    const op = random(5)
    if (op === 0) flags = withFlag(flags, flag)
    else if (op === 1) flags = toggleFlag(flags, flag)
    else if (op === 2) flags = setFlag(flags, flag, random(2) > 0)
    else if (op === 3) flags = withoutFlag(flags, flag)
    else flags = toggleFlag(flags, random(256 ** 4))
    console.log(flags, countFlags(flags), hasFlag(flags, flag), hasAnyFlag(flags, flag + 1))
}
console.log(flags8(255), flags16(65535), flags32(4294967295), countFlags(4294967295))
fails(() => flags8(256))
fails(() => flags16(-1))
fails(() => flags32(4294967296))
fails(() => flags32(0.5))
fails(() => flags32("1" as unknown as number))

let bits = 0
for (let i = 0; i < 40; i++) {
    const width = 1 + random(32)
    const offset = random(33 - width)
    bits = withBitField(bits, offset, width, random(2 ** width))
    console.log(offset, width, bits, bitField(bits, offset, width))
    bits = withBitFieldUnchecked(bits, offset, width, random(256 ** 4))
    console.log(bits)
}
console.log(withBitField(bits, 0, 32, 4294967295), bitField(4294967295, 31, 1))
fails(() => withBitField(0, 3, 4, 16))
fails(() => withBitField(0, 0, 32, 4294967296))
fails(() => withBitField(0, 0, 32, -1))
fails(() => withBitField(0, 20, 13, 0))
fails(() => withBitField(0, 32, 1, 0))
fails(() => withBitField(0, 0, 4, "1" as unknown as number))

let order = packOrder(1234, 8, 15, ORDER_URGENT | ORDER_PAID)
for (let i = 0; i < 20; i++) {
    order = withOrderFlags(order, random(2) > 0 ? ORDER_TAKEOUT : ORDER_PAID, random(2) > 0)
    order = withOrderId(order, random(4096))
    order = withOrderPriority(order, random(16))
    order = withOrderTable(order, random(32))
    console.log(order, orderId(order), orderPriority(order), orderTable(order))
    console.log(isOrderUrgent(order), isOrderTakeout(order), isOrderPaid(order))
}
fails(() => packOrder(4096, 0, 0))
fails(() => packOrder(0, 16, 0))
fails(() => packOrder(0, 0, 32))
fails(() => packOrder(0, 0, 0, 1))
fails(() => withOrderId(order, -1))
fails(() => withOrderPriority(order, 0.5))
fails(() => withOrderTable(order, "7" as unknown as number))
fails(() => withOrderFlags(order, 1 << 24, true))
