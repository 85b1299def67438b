/* Threads of the component. Each gets the address of a block of words in a0. */
        .equ    ITSELF, 64
        .equ    WAIT, 33
        .equ    ACKNOWLEDGE, 38

        .section .text.programs, "ax", @progbits
        .globl  programAt
programAt:
        la      t0, programs
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

/*
 * 0: a driver: waits for ever. After each Wait, block[0] = the signals, block[1] counts; it writes 1 to the register of
 * 32 bits at block[2] if that is not 0, and acknowledges the line block[3]: block[4] = the error.
 */
programDrives:
        mv      s0, a0
1:
        li      a6, WAIT
        li      a7, ITSELF
        ecall
        sd      a1, 0(s0)
        ld      t0, 8(s0)
        addi    t0, t0, 1
        sd      t0, 8(s0)
        ld      t0, 16(s0)
        beqz    t0, 2f
        li      t1, 1
        fence   iorw, iorw
        sw      t1, 0(t0)
        fence   iorw, iorw
2:
        li      a6, ACKNOWLEDGE
        ld      a7, 24(s0)
        ecall
        sd      a0, 32(s0)
        j       1b

/* 1: counts in block[0] for ever. */
programSpins:
        ld      t0, 0(a0)
        addi    t0, t0, 1
        sd      t0, 0(a0)
        j       programSpins

        .section .rodata.programs, "a", @progbits
        .balign 8
programs:
        .dword  programDrives, programSpins

        .section .text.timeNow, "ax", @progbits
        .globl  timeNow
timeNow:
        rdtime  a0
        ret
