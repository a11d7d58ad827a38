"""How the project's own reader of printed lines is made: lines with their texts, training, measure, export."""
