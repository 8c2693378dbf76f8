using System.Globalization;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// SES: it accepts, times out, throttles, refuses temporarily or permanently, and accepts mails that bounce later. It
/// does not recognize repeated mails.
/// </summary>
public sealed class SimSes(Dice dice, Network network, Truth truth) : IAmazonSimpleEmailServiceV2
{
    private int _sent;

    /// <summary>
    /// The accepted mails that one can unsubscribe from: the customer, and the path that unsubscribes.
    /// </summary>
    public List<(string Customer, string Unsubscribe)> Accepted { get; } = [];

    public IClientConfig Config => throw new NotSupportedException();

    public Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default)
    {
        var id = truth.MailAtHand.Value ?? throw new InvalidOperationException("A mail is sent that nobody claimed.");
        return network.CallAsync("ses", "ses.send", () => Send(id, request), cancellationToken, isOne: true);
    }

    public Task<CreateEmailIdentityResponse> CreateEmailIdentityAsync(CreateEmailIdentityRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    /// <summary>
    /// One mail in thirty is refused in every attempt, in calm worlds too. A mail's id may be random, but its subject
    /// is not.
    /// </summary>
    private bool Refuses(string id) => Mix.Of(truth.SubjectOf(id)) % 30 == 0;

    private SendEmailResponse Send(string id, SendEmailRequest request)
    {
        if (dice.Happens("ses.throttled", 0.05)) throw new TooManyRequestsException("Maximum sending rate exceeded.") { StatusCode = System.Net.HttpStatusCode.TooManyRequests };
        if (dice.Happens("ses.paused", 0.02)) throw new SendingPausedException("Paused.") { StatusCode = System.Net.HttpStatusCode.BadRequest };
        if (Refuses(id))
        {
            truth.MailRefused(id);
            throw new BadRequestException("Local address contains control or whitespace.") { StatusCode = System.Net.HttpStatusCode.BadRequest };
        }

        truth.Mailed(id, request, bounces: dice.Happens("ses.bounced", 0.05));
        if (request.Content!.Simple!.Headers?.SingleOrDefault(header => header.Name == "List-Unsubscribe") is { } link) Accepted.Add((id[37..], new Uri(link.Value!.Trim('<', '>')).AbsolutePath));
        return new SendEmailResponse { MessageId = (_sent++).ToString(CultureInfo.InvariantCulture) };
    }
}
