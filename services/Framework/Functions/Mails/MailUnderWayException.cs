namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Another delivery claimed the mail within the duration of an invocation, and has not confirmed it yet.
/// </summary>
public sealed class MailUnderWayException(string mail) : Exception($"Another delivery is sending mail {mail}, and its result is not known yet.");
