"""Running over a class: jobs to workers, results back, progress, stopping and going on again."""
