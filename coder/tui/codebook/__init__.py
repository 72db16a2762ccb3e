"""The codebook screen: themes with their counts, revisions planned and applied."""
