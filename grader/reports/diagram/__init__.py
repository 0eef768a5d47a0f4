"""Message sequence diagrams: what is drawn, and how as text, SVG and Mermaid."""
