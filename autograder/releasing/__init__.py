"""From the instructors' notebooks to what students get, and to solved copies."""
