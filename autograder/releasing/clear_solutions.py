"""Taking the solutions out of a source notebook, with a say in what students find instead."""

from nbgrader import preprocessors


class ClearSolutions(preprocessors.ClearSolutions):
    """nbgrader's ClearSolutions, which also understands a line `### STUDENTS SEE`.

    Within a solution region, the commented lines between `### STUDENTS SEE` and
    `### END SOLUTION` are what the release holds in place of the region, uncommented. Without
    such a line the region becomes nbgrader's stub. For cells to be filled in, where a stub
    that raises would be in the way.
    """

    students_see = "### STUDENTS SEE"

    def _replace_solution_region(self, cell, language):
        kept, region = [], None
        replaced = False
        for line in cell.source.split("\n"):
            if self.begin_solution_delimeter in line:
                region = [line]
            elif region is None:
                kept.append(line)
            else:
                region.append(line)
                if self.end_solution_delimeter in line:
                    seen = self._seen_by_students(region)
                    replaced = replaced or seen is not None
                    kept.extend(region if seen is None else seen)
                    region = None
        # an unfinished region goes on to nbgrader, which reports it
        cell.source = "\n".join([*kept, *(region or [])])
        return super()._replace_solution_region(cell, language) or replaced

    def _seen_by_students(self, region):
        stripped = [line.strip() for line in region]
        if self.students_see not in stripped:
            return None
        lines = region[stripped.index(self.students_see) + 1 : -1]
        return [line.replace("# ", "", 1) if "# " in line else "" for line in lines]
