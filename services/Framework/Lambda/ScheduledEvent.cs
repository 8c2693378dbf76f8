namespace ServerlessCqrs.Lambda;

/// <summary>A tick of an EventBridge schedule (<c>"source": "aws.events"</c>).</summary>
/// <param name="RuleArn">The rule that fired, when the event names it.</param>
/// <param name="Time">The time it was scheduled for, when the event says it.</param>
public sealed record ScheduledEvent(
    string? RuleArn,
    DateTimeOffset? Time);
