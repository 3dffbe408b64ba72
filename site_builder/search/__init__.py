"""The search among guides. Stations have their own: mixed, « vol » finds Volvic first."""
