namespace ServerlessCqrs.Lambda;

/// <summary>A tick of an EventBridge schedule (<c>"source": "aws.events"</c>).</summary>
/// <param name="RuleArn">The rule that fired, if the event names it.</param>
/// <param name="Time">The scheduled time, if the event has it.</param>
public sealed record ScheduledEvent(
    string? RuleArn,
    DateTimeOffset? Time);
