using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>Body of <c>POST …/rejection</c>.</summary>
/// <param name="Reason">For a person: one line of 1 to 500 characters.</param>
public sealed record RejectionBody(string Reason) : IJsonBody<RejectionBody>
{
    public static JsonTypeInfo<RejectionBody> Json => RequestJson.Default.RejectionBody;
}
