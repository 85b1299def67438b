/* Programs that call and run each other, and count what the innermost of them does. */
        .equ    ITSELF, 64
        .equ    THREAD_RUN, 25
        .equ    CALL, 31
        .equ    RETURN, 32
        .equ    YIELD, 34

        .macro  itself operation
        li      a6, \operation
        li      a7, ITSELF
        ecall
        .endm

        .section .text.growth, "ax", @progbits

/* growthProgramAt(index): the address of a program. */
        .globl  growthProgramAt
growthProgramAt:
        lla     t0, growthPrograms
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

/* growthCountAt(slot): what the thread that runs the one in a slot has counted. */
        .globl  growthCountAt
growthCountAt:
        lla     t0, growthCounts
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

/* 0: a server returns its arguments. */
growthReturns:
        itself  RETURN
        ebreak

/*
 * 1: a server calls slot 0, itself, with a0 - 1, or if a0 is 0, slot 1, and counts that. Returns in a0 the error of the
 * innermost call, in a1 its count.
 */
growthNests:
        li      s1, 0
        beqz    a0, 1f
        addi    a0, a0, -1
        li      a6, CALL
        li      a7, 0
        ecall
        bnez    a0, 2f
        mv      a0, a1
        mv      a1, a2
        itself  RETURN
1:
        rdinstret s0
        li      a6, CALL
        li      a7, 1
        ecall
        rdinstret a1
        sub     a1, a1, s0
        addi    a1, a1, -1
2:
        itself  RETURN
        ebreak

/* 2: a thread runs the one in the slot a0 without a deadline, counts that, and yields, for ever. */
growthRuns:
        mv      s1, a0
1:
        li      a0, -1
        li      a1, 0
        rdinstret s0
        li      a6, THREAD_RUN
        mv      a7, s1
        ecall
        rdinstret t0
        sub     t0, t0, s0
        addi    t0, t0, -1
        lla     t1, growthCounts
        slli    t2, s1, 3
        add     t1, t1, t2
        sd      t0, 0(t1)
        itself  YIELD
        j       1b

/* 3: a thread yields for ever. */
growthYields:
        itself  YIELD
        j       growthYields

        .section .rodata.growth, "a", @progbits
        .balign 8
growthPrograms:
        .dword  growthReturns, growthNests, growthRuns, growthYields

        .section .bss.growth, "aw", @nobits
        .balign 8
growthCounts:
        .space  64 * 8
