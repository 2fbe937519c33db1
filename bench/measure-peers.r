# The R packages that measure with many facets, on a file of ratings (columns person, rater, item, score, from 0).
# "present" names those that are installed; "fit PACKAGE FILE" prints seconds of CPU, seconds passed and the version.
arguments <- commandArgs(trailingOnly = TRUE)
peers <- c(mfrmr = "fit_mfrm", TAM = "tam.mml.mfr", sirt = "rm.facets")

if (arguments[1] == "present") {
  for (peer in names(peers))
    if (requireNamespace(peer, quietly = TRUE) && peers[[peer]] %in% getNamespaceExports(peer)) cat(peer, "")
  quit(status = 0)
}

peer <- arguments[2]
ratings <- read.csv(arguments[3], stringsAsFactors = FALSE)
# TAM and sirt take one row for what a rater said of a person, one column an item; all in the order of persons.
wide <- if (peer != "mfrmr") {
  rows <- reshape(ratings, idvar = c("person", "rater"), timevar = "item", direction = "wide")
  rows[order(rows$person, rows$rater), ]
}
scores <- if (peer != "mfrmr") {
  found <- wide[, setdiff(names(wide), c("person", "rater"))]
  names(found) <- sub("^score\\.", "", names(found))
  found
}

fit <- switch(peer,
  mfrmr = function() mfrmr::fit_mfrm(ratings, person = "person", facets = c("rater", "item"), score = "score", model = "RSM", method = "JML"),
  TAM = function() TAM::tam.mml.mfr(resp = scores, facets = data.frame(rater = wide$rater), formulaA = ~ item + rater + step, pid = wide$person, verbose = FALSE),
  sirt = function() sirt::rm.facets(dat = scores, pid = wide$person, rater = wide$rater, progress = FALSE),
  stop("no peer of that name: ", peer)
)
# What a package says while it works goes to the other stream.
sink(stderr())
seconds <- system.time(invisible(fit()))
sink()
cat(sprintf("%.3f %.3f %s", seconds[["user.self"]] + seconds[["sys.self"]], seconds[["elapsed"]], packageVersion(peer)))
