# Farrington's flexible method (Noufaily and others 2013) on weekly counts: weeks in rows, streams in columns.
# Arguments: counts, how many of the last weeks to look at, where to write the probabilities.
suppressMessages(library(surveillance))
asked <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(asked[1], header = FALSE))
weeks <- nrow(counts)
range <- (weeks - as.integer(asked[2]) + 1):weeks
series <- sts(observed = counts, frequency = 52, start = c(2001, 1))
years <- max(1, min(4, floor((min(range) - 1 - 3) / 52)))
asked_of <- range[range > 52 * years + 4]  # a young node has no year to learn from at first
control <- list(
  range = asked_of, b = years, w = 3, noPeriods = 10, reweight = TRUE, weightsThreshold = 2.58,
  pastWeeksNotIncluded = 26, pThresholdTrend = 1, thresholdMethod = "nbPlugin", alpha = 0.01, limit54 = c(0, 4),
  trend = TRUE, verbose = FALSE
)
found <- matrix(NA_real_, length(range), ncol(counts))
for (stream in seq_len(ncol(counts))) {
  one <- tryCatch(
    suppressWarnings(farringtonFlexible(series[, stream], control)),
    error = function(e) NULL
  )
  if (!is.null(one)) found[range %in% asked_of, stream] <- as.vector(one@control$pvalue)
}
write.table(found, asked[3], sep = ",", row.names = FALSE, col.names = FALSE)
