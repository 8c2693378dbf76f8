namespace ServerlessCqrs.Projections;

/// <summary>The cursor does not come from this list.</summary>
public sealed class InvalidCursorException() : Exception("The cursor is not one that this query gave. Start again without one.");
