using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Graph;

/// <summary>
/// A GraphQL request over HTTP (https://graphql.github.io/graphql-over-http/draft/#sec-Request): one document, its
/// variables, and the operation to run.
/// </summary>
/// <param name="OperationName">Null if the document has only one operation.</param>
public sealed record GraphRequest(
    string Query,
    Inputs? Variables,
    string? OperationName)
{
    /// <summary>The parameters of a request by GET.</summary>
    public static readonly string[] Parameters = ["query", "variables", "operationName"];

    /// <summary>Reads the parameters of a request by GET. Returns false and the problem if they are invalid.</summary>
    public static bool TryRead(IQueryCollection parameters, [NotNullWhen(true)] out GraphRequest? request, [NotNullWhen(false)] out Problem? problem)
    {
        try
        {
            var variables = parameters["variables"] is [{ Length: > 0 } json] ? GraphJson.Serializer.Deserialize<Inputs>(json) : null;
            return TryCreate(parameters["query"], variables, parameters["operationName"], out request, out problem);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            (request, problem) = (null, new Problem(StatusCodes.Status400BadRequest, "variables_invalid", "variables must be a JSON object."));
            return false;
        }
    }

    /// <summary>Reads the body of a request by POST. Returns the problem if it is invalid.</summary>
    public static async Task<(GraphRequest? Request, Problem? Problem)> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        var (body, unreadable) = await RequestBody.ReadAsync(http, ["application/json"], ct);
        if (unreadable is not null) return (null, unreadable);
        try
        {
            var sent = await GraphJson.Serializer.ReadAsync<GraphQLRequest>(new MemoryStream(body, writable: false), ct);
            return TryCreate(sent?.Query, sent?.Variables, sent?.OperationName, out var request, out var problem) ? (request, null) : (null, problem);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (null, new Problem(StatusCodes.Status400BadRequest, "body_invalid", "The body must be a JSON object with the field query."));
        }
    }

    /// <summary>A duplicate name, and a text with half a surrogate pair, are JSON, but the reader has its own exceptions for them.</summary>
    private static bool IsUnreadable(Exception e) => e is JsonException or ArgumentException or InvalidOperationException;

    private static bool TryCreate(
        string? query,
        Inputs? variables,
        string? operation,
        [NotNullWhen(true)] out GraphRequest? request,
        [NotNullWhen(false)] out Problem? problem)
    {
        request = null;
        problem = null;
        if (string.IsNullOrWhiteSpace(query))
            problem = new Problem(StatusCodes.Status400BadRequest, "query_missing", "Send a GraphQL document as query, for example { __schema { types { name } } }.");
        else if (query.Length > GraphLimits.MostCharacters)
            problem = new Problem(StatusCodes.Status400BadRequest, "query_too_long", $"A query has at most {GraphLimits.MostCharacters:N0} characters.");
        else
            request = new GraphRequest(query, variables, string.IsNullOrEmpty(operation) ? null : operation);
        return problem is null;
    }
}
