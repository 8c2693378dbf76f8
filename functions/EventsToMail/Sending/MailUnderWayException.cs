namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>A mail that another delivery has claimed and not yet confirmed, within the time that an invocation may last.</summary>
public sealed class MailUnderWayException(string mail) : Exception($"Mail {mail} is under way by another delivery; what becomes of it is not known yet.");
