/* The parts of this test. */
#ifndef PARTS_H
#define PARTS_H

/** What a component finds at its start: BootInfo, thread-local data. */
void checkStart(void);
/** The standard streams and their formats. */
void checkStreams(void);
/** malloc and what is below it. */
void checkMalloc(void);
/** malloc without a frame left, and with frames again. */
void checkExhaustion(void);
/** Frames and pages by hand. */
void checkFrames(void);
/** Capability tables, and ids of more than one level. */
void checkTables(void);
/** Operations with several results, and those of the calling thread. */
void checkThreads(void);
/** Being called, by an entry stub with pools of stacks, and calling. */
void checkServer(void);

#endif
