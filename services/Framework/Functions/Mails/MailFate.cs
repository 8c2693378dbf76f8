namespace ServerlessCqrs.EventsToMail.Sending;

public enum MailFate
{
    Sent,

    /// <summary>An earlier delivery of the event sent it.</summary>
    SentBefore,

    /// <summary>The mail may have been sent. The claim stays, and the mail is not sent again.</summary>
    Unknown,

    /// <summary>The customer gave no address, or was deactivated or erased.</summary>
    NoAddress,

    /// <summary>
    /// Refused for good by this or an earlier delivery of the event. This is recorded, and the mail is not sent again.
    /// </summary>
    Undeliverable,

    /// <summary>Not sent. The message is redelivered.</summary>
    Failed,
}
