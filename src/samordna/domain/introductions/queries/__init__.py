"""Questions about introductions: programmes, who is being introduced, and who has been."""
