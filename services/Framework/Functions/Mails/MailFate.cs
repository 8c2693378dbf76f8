namespace ServerlessCqrs.Functions.Mails;

public enum MailFate
{
    Sent,

    /// <summary>An earlier delivery of the event sent it.</summary>
    SentBefore,

    /// <summary>The mail may have been sent. The claim stays, and the mail is not sent again.</summary>
    Unknown,

    /// <summary>The person has no address, or was erased.</summary>
    NoAddress,

    /// <summary>
    /// Refused for good by this or an earlier delivery of the event. This is recorded, and the mail is not sent again.
    /// </summary>
    Undeliverable,

    /// <summary>Not sent. The message is redelivered.</summary>
    Failed,
}
