# Start of the bare driver in supervisor mode, without address translation, on whichever hart the firmware started.
        .section .text.start, "ax"
        .globl  start
start:  la      sp, stackEnd
        la      t0, machineTrap
        csrw    stvec, t0
        csrw    sie, zero
        # The loader zeroes .bss: it is part of the segment.
        call    bareMain
1:      j       1b

        .balign 4
machineTrap:
        csrr    a0, scause
        csrr    a1, sepc
        csrr    a2, stval
        la      sp, stackEnd
        call    bareTrap

        .text
        .globl  jumpMark
jumpMark:
        sd      ra, 0(a0)
        sd      sp, 8(a0)
        sd      s0, 16(a0)
        sd      s1, 24(a0)
        sd      s2, 32(a0)
        sd      s3, 40(a0)
        sd      s4, 48(a0)
        sd      s5, 56(a0)
        sd      s6, 64(a0)
        sd      s7, 72(a0)
        sd      s8, 80(a0)
        sd      s9, 88(a0)
        sd      s10, 96(a0)
        sd      s11, 104(a0)
        li      a0, 0
        ret

        .globl  jumpBack
jumpBack:
        ld      ra, 0(a0)
        ld      sp, 8(a0)
        ld      s0, 16(a0)
        ld      s1, 24(a0)
        ld      s2, 32(a0)
        ld      s3, 40(a0)
        ld      s4, 48(a0)
        ld      s5, 56(a0)
        ld      s6, 64(a0)
        ld      s7, 72(a0)
        ld      s8, 80(a0)
        ld      s9, 88(a0)
        ld      s10, 96(a0)
        ld      s11, 104(a0)
        li      a0, 1
        ret

        .section .bss.stack, "aw", @nobits
        .balign 16
        .skip   65536
stackEnd:
