namespace ServerlessCqrs.Calls;

/// <summary>Why a program has a right that no recorded call of its own needs.</summary>
/// <param name="Resource">As in recorded calls; or of a template, with its references by their paths: <c>${ClickHouse/Password}</c>.</param>
/// <param name="As">A program whose recorded call is of the same action and resource, by the same code.</param>
public sealed record StatedReason(
    string Program,
    string Action,
    string Resource,
    string Reason,
    string? As = null);
