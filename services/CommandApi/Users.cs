using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>The writes of customers on their account.</summary>
public static class UserRoutes
{
    private const string Me = "me";

    private static readonly CommandAnswer Unknown = CommandAnswers.Refuse(CustomerRefusals.UserNotFound, "There is no such customer.");

    public static IEndpointRouteBuilder MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable().RefuseErased();
        users.MapPut($"/{Me}", Register)
            .WithSummary("Register the caller, or change name and address")
            .WithDescription(
                "Mails go to this address from then on. It must be the token's own address. A request without a name keeps the stored name; null removes it. "
                + "Address and name are encrypted with the caller's own key before anything stores them.")
            .WithBodyExample("""{"email": "ann@example.org", "name": "Ann"}""");
        users.MapDelete("/{id}", Deactivate)
            .TakesParameters("reason")
            .WithSummary("Deactivate a customer")
            .WithDescription(
                $"Final: the customer gets no mail and can place no order. For the customer, whose id is `{Me}` or the token's subject, or an operator. "
                + "The id is the subject in the form of stream ids: characters other than letters, digits and `-_.@|:` become `~` and two hexadecimal digits per byte. An unknown person is 404.");
        return routes;
    }

    private static async Task<CommandAnswer> Register(WriteRequest<UserBody> request, CommandSender commands, TipReader tips, IPersonalData personal, CancellationToken ct)
    {
        var (caller, user) = (request.Head.Caller, request.Body);
        var (customer, stream) = (caller.Actor, CustomerStreams.IdOf(caller.Actor.Id));
        if (customer.Role != ShopRoles.Customer) return CommandAnswers.Refuse(CustomerRefusals.NotACustomer, "Only customers have an account.");
        if (caller.Email is not { } email)
            return CommandAnswers.Refuse(CustomerRefusals.EmailMissing, "The token has no verified mail address.");
        if (user.Email is { } other && other != email)
        {
            return CommandAnswers.Refuse(
                CustomerRefusals.EmailNotProven,
                "You can only register the token's own mail address. Other addresses are not verified.");
        }

        if (user.Name is { } text && CustomerLimits.CheckName(text).ToArray() is { Length: > 0 } violations) return CommandAnswers.Refuse(Problem.Of(violations));

        var address = await personal.SealAsync(customer.Id, email, ct);
        var name = user.Name is null ? null : await personal.SealAsync(customer.Id, user.Name, ct);
        // Without a name, neither command changes the name of a registered customer. So the tip may be stale or
        // missing.
        var isKnown = name is null && (await tips.TryReadAsync([stream], ct))?.GetValueOrDefault(stream) is { Version: > 0 };
        return await commands.AnswerAsync(
            request.Head,
            new Write(
                stream,
                isKnown ? new ChangeUserEmail(address) : new RegisterUser(address, name),
                new Resource(stream.Key, "/users/me")),
            ct);
    }

    private static async Task<CommandAnswer> Deactivate(
        string id,
        [Description("The reason for the audit trail: one line of at most 500 characters.")] string? reason,
        WriteRequest request,
        CommandSender commands,
        TipReader tips,
        IPersonalData personal,
        CancellationToken ct)
    {
        var actor = request.Caller.Actor;
        var subject = id == Me ? actor.Id : null;
        if (subject is null && !Subject.TryOfKey(id, out subject)) return Unknown;
        // Before anything is read, so that other callers cannot find out who is known.
        if (actor.Role is not (ShopRoles.Customer or Actor.Operator)) return CommandAnswers.Refuse(CustomerRefusals.NotACustomer, "Only customers have an account.");
        if (actor.Role == ShopRoles.Customer && actor.Id != subject) return CommandAnswers.Refuse(CustomerRefusals.NotYourAccount, "The account belongs to another customer.");
        var stream = CustomerStreams.IdOf(subject);
        return await IsKnownAsync(subject, stream, tips, personal, ct) switch
        {
            true => await commands.AnswerAsync(
                request,
                new Write(stream, new DeactivateUser(reason ?? "No reason was given."), new Resource(stream.Key)),
                ct),
            false => Unknown,
            null => CommandAnswers.Refuse(AwayAnswers.Away),
        };
    }

    /// <summary>Returns null if the account's tip cannot be read.</summary>
    /// <inheritdoc cref="KnownPersons"/>
    private static async Task<bool?> IsKnownAsync(string subject, StreamId stream, TipReader tips, IPersonalData personal, CancellationToken ct)
    {
        if (await personal.IsKnownAsync(subject, ct)) return true;
        var read = await tips.TryReadAsync([stream], ct);
        return read is null ? null : KnownPersons.IsKnown(hasKey: false, read.GetValueOrDefault(stream));
    }
}

/// <summary>Body of <c>PUT /users/me</c>.</summary>
public sealed record UserBody : IJsonBody<UserBody>
{
    public static JsonTypeInfo<UserBody> Json => RequestJson.Default.UserBody;

    /// <summary>The token's own address, which is the only verified one. It is the default.</summary>
    [DisallowNull]
    public string? Email { get; init; }

    /// <summary>The name that mails use: one line of 1 to 100 characters. If omitted, it stays unchanged.</summary>
    [DisallowNull]
    public string? Name { get; init; }
}

/// <summary>What commands of other streams require of a customer.</summary>
internal static class UserRequirements
{
    /// <summary>The customer is not deactivated. This includes a customer who never registered.</summary>
    public static Requirement Active(string customer) => new(
        CustomerStreams.IdOf(customer),
        Missing: null,
        Against: state => state is CustomerState.Deactivated
            ? Problem.Of(CustomerRefusals.UserDeactivated, "The customer was deactivated.")
            : null);
}
