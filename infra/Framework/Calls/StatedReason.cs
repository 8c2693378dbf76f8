namespace ServerlessCqrs.Calls;

/// <summary>Why a program has a right that none of its recorded calls needs.</summary>
/// <param name="Resource">The name in recorded calls, or in a template, with references by their paths:
/// <c>${ClickHouse/Password}</c>.</param>
/// <param name="As">A program that recorded a call with the same action and resource, made by the same code.</param>
public sealed record StatedReason(
    string Program,
    string Action,
    string Resource,
    string Reason,
    string? As = null);
