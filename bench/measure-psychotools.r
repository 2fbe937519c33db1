# The conditional stage by psychotools on a table of blocks: mean CPU seconds of several runs, and the log-likelihood.
# Arguments: a CSV file of scores (one row a block, one column an item), the model (rsm or pcm) and the number of runs.
arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(psychotools))
blocks <- as.matrix(read.csv(arguments[1]))
fit <- if (arguments[2] == "rsm") rsmodel else pcmodel
invisible(fit(blocks))
runs <- as.integer(arguments[3])
seconds <- system.time(for (run in seq_len(runs)) fit(blocks))[["user.self"]] / runs
cat(sprintf("%.6f %.10f %s", seconds, as.numeric(logLik(fit(blocks))), packageVersion("psychotools")))
