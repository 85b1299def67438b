/*
 * One system call between two readings of the counter of retired instructions.
 * The kernel keeps s0 and s1 and clears every other register that could hold
 * the first reading.
 */
        .section .text.measureCall, "ax", @progbits
        .globl  measureCall
        .type   measureCall, @function
/* a0 to a5: arguments, a6: operation, a7: capability. Returns the call's error in a0, the instructions in a1. */
measureCall:
        addi    sp, sp, -32
        sd      s0, 0(sp)
        sd      s1, 8(sp)
        sd      s2, 16(sp)
        mv      s1, a6
        mv      s2, a7
        rdinstret s0
        mv      a6, s1                  /* what a stub does: li a6; li a7; ecall */
        mv      a7, s2
        ecall
        rdinstret a1
        sub     a1, a1, s0
        addi    a1, a1, -1              /* an empty pair counts 1 */
        ld      s0, 0(sp)
        ld      s1, 8(sp)
        ld      s2, 16(sp)
        addi    sp, sp, 32
        ret
        .size   measureCall, . - measureCall

        .section .text.measureNothing, "ax", @progbits
        .globl  measureNothing
        .type   measureNothing, @function
/* Returns the instructions of a thousand nops, by the same pair. */
measureNothing:
        .option push
        .option norvc
        rdinstret t0
        .rept 1000
        nop
        .endr
        rdinstret a0
        .option pop
        sub     a0, a0, t0
        addi    a0, a0, -1
        ret
        .size   measureNothing, . - measureNothing
