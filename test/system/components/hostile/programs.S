/* The hostile thread, which is copied into a page of its own component, and what the other threads do. */
        .equ    ITSELF, 64
        .equ    RETURN, 32
        /* Operations are 0 to 39: some numbers beyond are tried too. */
        .equ    OPERATIONS, 44

        .section .text.programs, "ax", @progbits
        .globl  programAt
programAt:
        la      t0, programs
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

        .balign 8
/*
 * 0, up to 1: random system calls for ever. s0: the state of the random numbers; s1 counts calls, s2 those that answered Ok.
 * It needs no memory but this page, and keeps what it knows in registers that a call keeps.
 */
hostileStart:
        bnez    s0, hostileLoop
        li      s0, 0x2545f4914f6cdd1d
hostileLoop:
        addi    s1, s1, 1
        jal     hostileNext
        li      t1, OPERATIONS
        remu    a6, t0, t1
        /* The capability: six times in eight the one that the operation is for, once any value, once a slot in use. */
        jal     hostileNext
        andi    t1, t0, 7
        srli    a7, t0, 8
        andi    a7, a7, 15
        li      t2, 6
        bgtu    t1, t2, 2f
        beq     t1, t2, 1f
        lla     t2, hostileSlots
        add     t2, t2, a6
        lbu     a7, 0(t2)
        j       2f
1:
        jal     hostileValue
        mv      a7, t0
2:
        .irp    register, a0, a1, a2, a3, a4, a5
        jal     hostileValue
        mv      \register, t0
        .endr
        ecall
        seqz    t0, a0
        add     s2, s2, t0
        j       hostileLoop

/* t0 = a random number (xorshift). Uses t1. */
hostileNext:
        slli    t1, s0, 13
        xor     s0, s0, t1
        srli    t1, s0, 7
        xor     s0, s0, t1
        slli    t1, s0, 17
        xor     s0, s0, t1
        mv      t0, s0
        ret

/* t0 = a value for an argument: mostly a small one. Uses t1, t2, t3. */
hostileValue:
        mv      t3, ra
        jal     hostileNext
        mv      ra, t3
        srli    t2, t0, 60
        li      t1, 4
        bltu    t2, t1, 1f
        li      t1, 8
        bltu    t2, t1, 2f
        li      t1, 13
        bltu    t2, t1, 5f
        li      t1, 14
        bltu    t2, t1, 3f
        beq     t2, t1, 4f
        ret
1:
        andi    t0, t0, 63
        ret
2:
        andi    t0, t0, 15
        ret
3:
        andi    t0, t0, 15
        slli    t0, t0, 3
        lla     t1, hostileNasty
        add     t0, t0, t1
        ld      t0, 0(t0)
        ret
5:
        andi    t0, t0, 3
        ret
4:
        /* An id of more than one level. */
        slli    t0, t0, 38
        srli    t0, t0, 38
        ret

        .balign 8
/* Numbers at borders; addresses of the kernel, of its window, of devices: to the kernel they are numbers. */
hostileNasty:
        .dword  -1, 1 << 63, 0x7fffffffffffffff, 1 << 32, 0xffffffff, 0xffffffc080200000, 0xffffffc000000000
        .dword  0xffffffc00c200004, 0x0c000000, 0x80200000, 0x1000, 0xfff, 511, 512, 0x3ffffffffe, 0x01000000
/* The slot of a capability for each operation. */
hostileSlots:
        .byte   12, 13, 12, 12, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 14, 1, 5, 2, 2, 15, 15, 15, 15, 15, 15, 6
        .byte   64, 64, 64, 64, 8, 8, 8, 10, 0, 4, 3, 7
        .balign 8
hostileEnd:

/* 2: a server that returns its arguments. */
serverReturns:
        li      a6, RETURN
        li      a7, ITSELF
        ecall
        ebreak

        .section .rodata.programs, "a", @progbits
        .balign 8
programs:
        .dword  hostileStart, hostileEnd, serverReturns

        .section .text.timeNow, "ax", @progbits
        .globl  timeNow
timeNow:
        rdtime  a0
        ret
