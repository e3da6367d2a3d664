// A firmware for an emulated RP2040 that does once what DeviceScript's does, and keeps what came of it in
// its memory: the boot ROM's functions and arithmetic, random bits, the flash's number, an analog pin, an
// I2C bus without devices, flash that is erased and programmed, a reset, and a heap.
typedef unsigned u32;
typedef unsigned short u16;
typedef unsigned char u8;
#define WORD(address) (*(volatile u32 *)(address))
#define HALF(address) (*(volatile u16 *)(address))
#define RESULTS ((volatile u32 *)0x20001000)
#define HEAP ((volatile u32 *)0x20002000)
#define HEAP_BYTES 1012
#define PAGE 0x10000

static void run(void);

// The second stage: what the boot ROM runs. The test puts its checksum behind it.
__attribute__((naked, used, section(".stage2"))) void stage2(void) {
    __asm("ldr r0, =0x10000100\n"
          "ldr r1, =0xe000ed08\n"
          "str r0, [r1]\n"
          "ldmia r0, {r0, r1}\n"
          "msr msp, r0\n"
          "bx r1\n"
          ".ltorg");
}

__attribute__((used, section(".vectors"))) static const u32 stack_and_start[] = {0x20040000, (u32)run};

static void *find(u32 table, char a, char b) {
    void *(*lookup)(u32, u32) = (void *(*)(u32, u32))(u32)HALF(0x18);
    return lookup(HALF(table), (u32)a | ((u32)b << 8));
}

static void flash_number(volatile u8 *number) {
    WORD(0x4001800c) = 2 << 8;
    for (int i = 0; i < 13; i++) {
        WORD(0x18000060) = i == 0 ? 0x4b : 0;
        u32 back = WORD(0x18000060);
        if (i >= 5) number[i - 5] = (u8)back;
    }
    WORD(0x4001800c) = 3 << 8;
}

static u32 analog(u32 channel) {
    WORD(0x4004c000) = 1 | (channel << 12);
    WORD(0x4004c000) = 1 | (channel << 12) | 4;
    while (!(WORD(0x4004c000) & (1 << 8)))
        ;
    return WORD(0x4004c004);
}

static u32 i2c_write(u32 address) {
    WORD(0x4004406c) = 0;
    WORD(0x40044004) = address;
    WORD(0x4004406c) = 1;
    WORD(0x40044010) = 0x200 | 7;
    while (!(WORD(0x40044034) & 0x10))
        ;
    return WORD(0x40044080) & 1;
}

static void run(void) {
    u32 (*popcount)(u32) = (u32(*)(u32))find(0x14, 'P', '3');
    u32(*const *floats)(u32, u32) = (u32(*const *)(u32, u32))find(0x16, 'S', 'F');
    RESULTS[0] = popcount(0xf0f0);
    RESULTS[1] = floats[0](0x3fc00000, 0x40100000);
    u32 bits = 0;
    for (int i = 0; i < 32; i++)
        bits = (bits << 1) | WORD(0x4006001c);
    RESULTS[2] = bits;
    flash_number((volatile u8 *)&RESULTS[4]);
    RESULTS[6] = analog(3);
    RESULTS[7] = i2c_write(0x3c);
    if (WORD(0x10000000 + PAGE) == 0xffffffff) {
        RESULTS[9] = 0x600df1a5;
        for (int i = 1; i < 64; i++)
            RESULTS[9 + i] = i;
        void (*erase)(u32, u32, u32, u8) = (void (*)(u32, u32, u32, u8))find(0x14, 'R', 'E');
        void (*program)(u32, const void *, u32) = (void (*)(u32, const void *, u32))find(0x14, 'R', 'P');
        erase(PAGE, 4096, 65536, 0xd8);
        program(PAGE, (const void *)&RESULTS[9], 256);
        WORD(0xe000ed0c) = 0x05fa0004;
    } else {
        RESULTS[8] = WORD(0x10000000 + PAGE);
        HEAP[1] = (u32)&HEAP[2] + HEAP_BYTES;
        HEAP[2] = (2 << 24) | 4;
        HEAP[2 + 4] = (1 << 24) | (HEAP_BYTES / 4 - 4);
        HEAP[2 + HEAP_BYTES / 4] = 0x4f000001;
    }
    for (;;)
        ;
}
