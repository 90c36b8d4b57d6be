/**
 * Plan, run in parallel, resume, report.
 *
 * <p>{@link io.seidex.batch.Inputs} finds the files, {@link io.seidex.batch.Plan} compares them with what is
 * {@linkplain io.seidex.batch.Coverage covered} and cuts the rest into splits, {@link io.seidex.batch.Batch} has them built
 * and published. What the index holds in the end does not depend on the number of threads, nor on how often the run was
 * killed and begun again.
 */
package io.seidex.batch;
