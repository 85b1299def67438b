/*
 * The target "RISC-V, supervisor mode": what generated C needs from the
 * machine. `harmonyc.h` includes it as its last act. The first part is asked
 * for by every program (the list stands in compiler/runtime/host/target.h);
 * the second one defines functions that kernel sources declare with `declare
 * function`. The functions that are too long for this file are in the .S files.
 *
 * Sources: RISC-V unprivileged specification, "A" extension (AMO, LR/SC) and
 * appendix A.5 (how C's orderings map to instructions); privileged
 * specification, supervisor level; SBI specification, calling convention.
 */
#ifndef HARMONYC_TARGET_H
#define HARMONYC_TARGET_H

/* --------------------------------------------------------- shared words */

#define RISCV_AMO(name, type, bits, instruction)                                          \
  static inline type name##bits(volatile type *word, type value) {                        \
    type before;                                                                          \
    __asm__ volatile(instruction " %0, %z2, %1" : "=r"(before), "+A"(*word) : "rJ"(value) : "memory"); \
    return before;                                                                        \
  }

#define RISCV_ATOMICS(type, bits, width)                                                  \
  static inline type atomicLoad##bits(volatile type *word) { return *word; }              \
  static inline type atomicLoadAcquire##bits(volatile type *word) {                       \
    type value = *word;                                                                   \
    __asm__ volatile("fence r, rw" ::: "memory");                                         \
    return value;                                                                         \
  }                                                                                       \
  static inline void atomicStore##bits(volatile type *word, type value) { *word = value; } \
  static inline void atomicStoreRelease##bits(volatile type *word, type value) {          \
    __asm__ volatile("fence rw, w" ::: "memory");                                         \
    *word = value;                                                                        \
  }                                                                                       \
  RISCV_AMO(atomicAdd, type, bits, "amoadd." width)                                       \
  RISCV_AMO(atomicAddAcquire, type, bits, "amoadd." width ".aq")                          \
  RISCV_AMO(atomicAddRelease, type, bits, "amoadd." width ".rl")                          \
  RISCV_AMO(atomicOr, type, bits, "amoor." width)                                         \
  RISCV_AMO(atomicOrAcquireRelease, type, bits, "amoor." width ".aqrl")                   \
  RISCV_AMO(atomicAnd, type, bits, "amoand." width)                                       \
  RISCV_AMO(atomicSwap, type, bits, "amoswap." width)                                     \
  RISCV_AMO(atomicSwapAcquireRelease, type, bits, "amoswap." width ".aqrl")               \
  RISCV_AMO(atomicMax, type, bits, "amomaxu." width)                                      \
  /*                                                                                      \
   * LR/SC may fail for ever under contention, so there are at most 8 attempts, and a     \
   * further one only while the word still holds `expected`. The first attempt is where   \
   * the code is, the others are behind the function. Each keeps the rules for constrained \
   * LR/SC sequences: under 16 instructions, no other memory access.                      \
   */                                                                                     \
  static inline bool atomicCompareExchange##bits(volatile type *word, type expected, type desired) { \
    i64 seen, failed, attempts;                                                           \
    __asm__ goto volatile(                                                                \
        "lr." width ".aq %[seen], %[word]\n"                                              \
        "bne %[seen], %z[expected], %l[lost]\n"                                            \
        "sc." width ".rl %[failed], %z[desired], %[word]\n"                                \
        "bnez %[failed], 1f\n"                                                            \
        ".subsection 1\n"                                                                 \
        "1: li %[attempts], 7\n"                                                          \
        "2: lr." width ".aq %[seen], %[word]\n"                                           \
        "bne %[seen], %z[expected], 3f\n"                                                  \
        "sc." width ".rl %[failed], %z[desired], %[word]\n"                                \
        "beqz %[failed], 4f\n"                                                            \
        "addi %[attempts], %[attempts], -1\n"                                             \
        "bnez %[attempts], 2b\n"                                                          \
        "3: j %l[lost]\n"                                                                 \
        ".previous\n"                                                                     \
        "4:"                                                                              \
        : [seen] "=&r"(seen), [failed] "=&r"(failed), [attempts] "=&r"(attempts), [word] "+A"(*word) \
        : [expected] "rJ"((i64)(i##bits)expected), [desired] "rJ"(desired)                \
        : "memory"                                                                        \
        : lost);                                                                          \
    return true;                                                                          \
  lost:                                                                                   \
    return false;                                                                         \
  }

RISCV_ATOMICS(u32, 32, "w")
RISCV_ATOMICS(u64, 64, "d")
#undef RISCV_ATOMICS
#undef RISCV_AMO

/* ----------------------------------------------------- device registers */

/* In order with every access around it, to memory and to devices. */
#define RISCV_VOLATILE(type, bits)                                  \
  static inline type volatileRead##bits(volatile type *word) {      \
    type value = *word;                                             \
    __asm__ volatile("fence i, iorw" ::: "memory");                 \
    return value;                                                   \
  }                                                                 \
  static inline void volatileWrite##bits(volatile type *word, type value) { \
    __asm__ volatile("fence iorw, o" ::: "memory");                 \
    *word = value;                                                  \
  }

RISCV_VOLATILE(u8, 8)
RISCV_VOLATILE(u16, 16)
RISCV_VOLATILE(u32, 32)
#undef RISCV_VOLATILE

/* ------------------------------------------ kernel-src/machine/barrier.ts */

static inline void fenceMemory(void) { __asm__ volatile("fence rw, rw" ::: "memory"); }
static inline void fenceReads(void) { __asm__ volatile("fence r, r" ::: "memory"); }
static inline void fenceInstructions(void) { __asm__ volatile("fence.i" ::: "memory"); }
/* Without an address: on the U74, `sfence.vma` with an address can fail to flush (erratum CIP-1200). */
static inline void fenceTranslations(void) { __asm__ volatile("sfence.vma" ::: "memory"); }

/* --------------------------------------- kernel-src/machine/processor.ts */

static inline u64 instructionsRetired(void) {
  u64 value;
  __asm__ volatile("rdinstret %0" : "=r"(value));
  return value;
}

static inline u64 timeNow(void) {
  u64 value;
  __asm__ volatile("rdtime %0" : "=r"(value));
  return value;
}

static inline void addressSpaceSelect(u64 satp) {
  __asm__ volatile("csrw satp, %0\n sfence.vma" ::"r"(satp) : "memory");
}

static inline void interruptsEnable(u64 which) { __asm__ volatile("csrw sie, %0" ::"r"(which)); }
static inline u64 interruptsPending(void) {
  u64 value;
  __asm__ volatile("csrr %0, sip" : "=r"(value));
  return value;
}
/* sip.SSIP. A write of a CSR counts as output to a device (unprivileged specification, "CSR Access Ordering"). */
static inline void interruptClear(void) { __asm__ volatile("csrci sip, 2\n fence o, rw" ::: "memory"); }

/* -------------------------------------------- kernel-src/machine/timer.ts */

/* stimecmp (Sstc extension): by its number, because not every hart has it. */
static inline void timerCompareSet(u64 time) { __asm__ volatile("csrw 0x14d, %0" ::"r"(time)); }

/* ------------------------------------- kernel-src/object/thread-switch.ts */

static inline u64 trapPc(void) {
  u64 value;
  __asm__ volatile("csrr %0, sepc" : "=r"(value));
  return value;
}
static inline void trapPcSet(u64 pc) { __asm__ volatile("csrw sepc, %0" ::"r"(pc)); }
/* sstatus.SD is the sign: set when the floating-point registers are Dirty. */
static inline bool floatingIsOn(void) {
  i64 value;
  __asm__ volatile("csrr %0, sstatus" : "=r"(value));
  return value < 0;
}
static inline void floatingOff(void) { __asm__ volatile("csrc sstatus, %0" ::"r"(0x6000)); }

/* ---------------------------------------- kernel-src/machine/firmware.ts */

/* SBI: extension in a7, function in a6, arguments in a0 to a2; error in a0, value in a1; the rest is preserved. */
static inline u128 firmwareCall(u64 extension, u64 function, u64 first, u64 second, u64 third) {
  register u64 a0 __asm__("a0") = first;
  register u64 a1 __asm__("a1") = second;
  register u64 a2 __asm__("a2") = third;
  register u64 a6 __asm__("a6") = function;
  register u64 a7 __asm__("a7") = extension;
  __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a2), "r"(a6), "r"(a7) : "memory");
  return (u128)a0 | (u128)a1 << 64;
}

/* SBI specification, "IPI Extension", sbi_send_ipi: a mask of harts from a first one on. */
static inline void hartInterrupt(u64 identifier) { (void)firmwareCall(0x735049, 0, 1, identifier, 0); }

/* ------------------------------------------- kernel-src/machine/image.ts */

extern const u8 kernelStart[], kernelTextEnd[], kernelConstantsEnd[], kernelEnd[];
extern const u8 kernelTables[], deviceTreeCopy[], hartAreas[];

static inline u64 imageStart(void) { return (u64)kernelStart; }
static inline u64 imageTextEnd(void) { return (u64)kernelTextEnd; }
static inline u64 imageConstantsEnd(void) { return (u64)kernelConstantsEnd; }
static inline u64 imageEnd(void) { return (u64)kernelEnd; }
static inline u64 imageTables(void) { return (u64)kernelTables; }
/* The third of the tables: the first one that `kernelMap` takes. */
static inline u64 kernelRoot(void) { return (u64)kernelTables + 2 * 4096; }
/* Unknown to gcc, which would make the address anew, by eight bytes, at each call that passes it. */
static inline u64 imageDeviceTree(void) {
  u64 address = (u64)deviceTreeCopy;
  __asm__("" : "+r"(address));
  return address;
}
static inline u64 imageHartAreas(void) { return (u64)hartAreas; }

/* ---------------------------------------------- kernel-src/base/hart.ts */

/* The memory of one hart, aligned to its size: see arch/riscv/README.md and kernel-src/machine/layout.ts. */
#define RISCV_HART_AREA_SIZE 0x8000
#define RISCV_HART_AREA_BLOCK 0x4000

struct Hart;
static inline struct Hart *currentHart(void) {
  u64 sp;
  __asm__("mv %0, sp" : "=r"(sp));
  return (struct Hart *)((sp & -(u64)RISCV_HART_AREA_SIZE) + RISCV_HART_AREA_BLOCK);
}
/* The stack pointer that the function was entered with; unknown to gcc after that, so it is taken only once. */
static inline __attribute__((always_inline)) struct Hart *hartOnEntry(void) {
  return __builtin_dwarf_cfa();
}
static inline struct Hart *hartAt(u32 index) {
  return (struct Hart *)((u64)hartAreas + (u64)index * RISCV_HART_AREA_SIZE + RISCV_HART_AREA_BLOCK);
}

#endif
