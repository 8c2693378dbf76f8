using System.Collections.Concurrent;
using ServerlessCqrs.Functions.Mails;

namespace ServerlessCqrs.Functions.Specs.EventsToMail.Given;

/// <summary>Accepts mails, with chosen failures.</summary>
internal sealed class PostOffice : IMailSender
{
    private readonly ConcurrentQueue<Mail> _sent = new();

    public IReadOnlyList<Mail> Sent => [.. _sent];

    /// <summary>Runs before a mail is accepted.</summary>
    public Func<Mail, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after a mail was accepted, and before the sender gets the response.</summary>
    public Func<Mail, Task> After { get; set; } = _ => Task.CompletedTask;

    public async Task<string> SendAsync(Mail mail)
    {
        await Before(mail);
        _sent.Enqueue(mail);
        await After(mail);
        return $"message-{_sent.Count}";
    }
}
