using ServerlessCqrs.Lambda;
using ServerlessCqrs.QueryApi;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Auth;
using ServerlessCqrs.Web.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.AddLambdaHosting();
builder.AddQuietJsonLogs();
var edge = new EdgeHeaders(ShopDomain.HeaderPrefix);
var tokens = TokenSettings.From(builder.Configuration);

builder.Services.AddEdgeOnly(builder.Configuration, edge);
builder.Services.AddTokenAuthentication(tokens, ShopDomain.Instance);
builder.Services.AddProblemDocuments();
builder.Services.AddBrowserReads(tokens, edge);
builder.Services.AddQueryDocument(ShopDocument.Description);
builder.Services.AddQueries(builder.Configuration);

var app = builder.Build();
app.UseHeadAsGet();
app.UseProblemDocuments();
app.UseReadHeaders();
app.UseEdgeOnly();
app.UseRouting();
app.UseSharedServices();
app.UseCors();
app.UsePrivateReadsAsSpelled();
app.UseTokensOnPrivateReads();
app.MapQueries();

await app.RunAsync();
