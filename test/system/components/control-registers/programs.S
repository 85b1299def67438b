/* What the component cannot say in TypeScript. Its threads start in pages that it writes itself. */
        .section .text.programs, "ax", @progbits
        .globl  programAt
programAt:
        li      a0, 0
        ret

        .section .text.timeNow, "ax", @progbits
        .globl  timeNow
timeNow:
        rdtime  a0
        ret

/* fetchAnew(): what was written is code from now on (RISC-V unprivileged specification, Zifencei). */
        .section .text.fetchAnew, "ax", @progbits
        .globl  fetchAnew
fetchAnew:
        fence.i
        ret
