import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Fetches one file for {@code mvnw} on machines with neither curl nor wget. */
class Fetch {
  public static void main(String[] arguments) throws Exception {
    var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    var request = HttpRequest.newBuilder(URI.create(arguments[0])).build();
    var response = client.send(request, HttpResponse.BodyHandlers.ofFile(Path.of(arguments[1])));
    if (response.statusCode() != 200) {
      System.err.println("HTTP status " + response.statusCode() + " (expected 200)");
      System.exit(1);
    }
  }
}
